using System.Text;
using Vkp.Adapters.Cases;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Tests;

public sealed class ScaipTests
{
    private static readonly IVendorAdapter Adapter = VendorCatalog.Find("scaip")!;

    public static TheoryData<string, string> Attacks => new()
    {
        { "a document type", "<!DOCTYPE mrq [<!ENTITY a \"b\">]><mrq><ref>1</ref></mrq>" },
        { "an external entity", "<!DOCTYPE mrq [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><mrq><ref>&x;</ref></mrq>" },
        { "a billion laughs", "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;\">]><mrq><ref>&c;</ref></mrq>" },
        { "an undeclared entity", "<mrq><ref>&amp;&what;</ref></mrq>" },
        { "a huge attribute", $"<mrq a=\"{new string('a', 200_000)}\"><ref>1</ref></mrq>" },
        { "deep nesting", string.Concat(Enumerable.Repeat("<a>", 5_000)) },
        { "many tags", $"<mrq>{string.Concat(Enumerable.Repeat("<ref>1</ref>", 20_000))}</mrq>" },
        { "another encoding", "<?xml version=\"1.0\" encoding=\"UTF-16\"?><mrq><ref>1</ref>" },
        { "a second root", "<mrq><ref>1</ref></mrq><mrq/>" },
        { "the same tag twice", "<mrq><ref>1</ref><ref>2</ref><cid>1</cid><dty>1</dty></mrq>" },
        { "another document", "<alarm><ref>1</ref><cid>1</cid><dty>1</dty></alarm>" },
        { "JSON", "{}" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Hostile_XML_is_rejected_and_answered_with_a_status_other_than_zero(string name, string xml)
    {
        Assert.NotEmpty(name);
        var payload = Samples.Payload(Encoding.UTF8.GetBytes(xml));
        Assert.IsType<Translation.Rejected>(Adapter.Translate(payload));
        Assert.DoesNotContain("<snu>0</snu>", Answer(payload, VendorAnswerKind.Refused), StringComparison.Ordinal);
    }

    [Fact]
    public void The_answer_repeats_the_reference_and_says_stored_only_when_it_is()
    {
        var payload = Samples.Payload(Samples.Find("scaip/alarm.fall").Bytes);
        Assert.Equal("<mrs><ref>a1b2c3d4e5f60708</ref><snu>0</snu></mrs>", Answer(payload, VendorAnswerKind.Stored));
        Assert.Equal("<mrs><ref>a1b2c3d4e5f60708</ref><snu>5</snu></mrs>", Answer(payload, VendorAnswerKind.NotTaken));
    }

    [Theory]
    [InlineData("<mrq><ref>1</ref><dty>3</dty></mrq>", "7")]
    [InlineData("<mrq><ref>1</ref><cid>12</cid><dty>x</dty></mrq>", "7")]
    [InlineData("<mrq><ref>1</ref><cid>12</cid><dty>3</dty><stc>abc</stc></mrq>", "3")]
    [InlineData("<mrq><ref>1</ref", "2")]
    public void A_refusal_says_what_kind_of_fault_it_is(string xml, string number) =>
        Assert.Contains($"<snu>{number}</snu>", Answer(Samples.Payload(Encoding.UTF8.GetBytes(xml)), VendorAnswerKind.Refused), StringComparison.Ordinal);

    [Fact]
    public void A_reset_closes_the_case_that_the_alarm_of_the_same_unit_opened()
    {
        var raised = Assert.IsType<Translation.Translated>(Samples.Find("scaip/alarm.fall").Translate());
        var reset = Assert.IsType<Translation.Translated>(Samples.Find("scaip/alarm.cancelled").Translate());
        Assert.Equal(raised.CaseIds, reset.CaseIds);
        Assert.Equal((CaseRole.Opens, CaseRole.Closes), (raised.CaseRole, reset.CaseRole));
    }

    [Fact]
    public void A_reference_used_again_another_day_is_a_new_alarm()
    {
        var bytes = Samples.Find("scaip/alarm.fall").Bytes;
        Assert.NotEqual(Id(bytes, Samples.ReceivedAt), Id(bytes, Samples.ReceivedAt.AddDays(1)));
        Assert.Equal(Id(bytes, Samples.ReceivedAt), Id(bytes, Samples.ReceivedAt.AddMinutes(3)));
    }

    [Fact]
    public void The_hub_fills_in_whose_the_device_is()
    {
        var translated = Assert.IsType<Translation.Translated>(Samples.Find("scaip/alarm.fall").Translate());
        Assert.Null(translated.Envelope.Patient);
        var bound = PatientBinding.Bind(translated.Resources, new SourceIdentifier("urn:test", "7"));
        Assert.Equal("7", Assert.IsType<DetectedIssue>(bound[0]).Patient?.Identifier?.Value);
        Assert.Null(Assert.IsType<DetectedIssue>(translated.Resources[0]).Patient);
    }

    private static string? Id(byte[] bytes, DateTimeOffset receivedAt) =>
        Assert.IsType<Translation.Translated>(Adapter.Translate(new VendorPayload(bytes, receivedAt))).Envelope.SourceMessageId;

    private static string Answer(VendorPayload payload, VendorAnswerKind kind) => Encoding.UTF8.GetString(Adapter.Answer(payload, kind)!.Body.Span);
}
