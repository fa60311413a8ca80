using System.Text;
using System.Text.Json;
using Vkp.Adapters.Notes;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Tests;

/// <summary>What every vendor adapter must keep, run over every sample of every vendor. A new adapter gets these for its samples alone.</summary>
public sealed class VendorConformanceTests
{
    [Fact]
    public void Every_adapter_of_the_catalogue_has_samples_and_a_name_of_its_own()
    {
        Assert.All(VendorCatalog.All, adapter => Assert.Contains(Samples.All, sample => sample.Adapter == adapter));
        Assert.Equal(VendorCatalog.All.Count, VendorCatalog.All.Select(adapter => adapter.Info.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_sample_is_understood(string name)
    {
        var translation = Samples.Find(name).Translate();
        Assert.True(translation is Translation.Translated or Translation.NothingToJournal, Describe(translation));
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void The_same_bytes_give_the_same_translation(string name)
    {
        var sample = Samples.Find(name);
        Assert.Equal(Describe(sample.Translate()), Describe(sample.Translate()));
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void The_time_of_arrival_changes_nothing_when_the_clocks_are_right(string name)
    {
        var sample = Samples.Find(name);
        // A SCAIP message has no time of its own: it occurred when it arrived.
        if (sample.Adapter.Info.Name == "scaip")
            return;
        var later = sample.Adapter.Translate(new VendorPayload(sample.Bytes, Samples.ReceivedAt.AddDays(9)));
        Assert.Equal(Describe(sample.Translate()), Describe(later));
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void Every_resource_is_strict_FHIR_under_a_uuid_of_its_own(string name)
    {
        if (Samples.Find(name).Translate() is not Translation.Translated translated)
            return;
        Assert.NotEmpty(translated.Resources);
        Assert.All(translated.Resources, resource => Assert.True(Guid.TryParseExact(resource.Id, "D", out _)));
        Assert.Equal(translated.Resources.Count, translated.Resources.Select(resource => resource.Id).Distinct().Count());
        foreach (var resource in translated.Resources)
        {
            var bytes = FhirJson.Serialize(resource);
            var again = FhirJson.ParseStrict(bytes);
            Assert.DoesNotContain(again.Issues, issue => issue.Severity >= FhirSeverity.Error);
            Assert.Equal(bytes, FhirJson.Serialize(again.Resource!));
        }
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void References_inside_a_message_resolve(string name)
    {
        if (Samples.Find(name).Translate() is not Translation.Translated translated)
            return;
        var urls = translated.Resources.Select(resource => $"urn:uuid:{resource.Id}").ToHashSet();
        var references = translated.Resources.SelectMany(Nodes).OfType<ResourceReference>().Select(reference => reference.Reference).OfType<string>();
        Assert.All(references, reference => Assert.Contains(reference, urls));
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_sample_cut_anywhere_is_an_answer_and_never_an_exception(string name)
    {
        var sample = Samples.Find(name);
        // The last bytes may be a line break that nobody misses.
        for (var length = 0; length < sample.Bytes.Length - 2; length += 7)
            Assert.IsType<Translation.Rejected>(sample.Adapter.Translate(Samples.Payload(sample.Bytes[..length])));
    }

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_sample_with_any_byte_changed_is_an_answer_and_never_an_exception(string name)
    {
        var sample = Samples.Find(name);
        foreach (var value in new byte[] { 0x00, (byte)'"', (byte)'{', (byte)'9', (byte)'<', 0xFF })
        {
            for (var at = 0; at < sample.Bytes.Length; at += 11)
            {
                var changed = (byte[])sample.Bytes.Clone();
                changed[at] = value;
                var translation = sample.Adapter.Translate(Samples.Payload(changed));
                Describe(translation);
            }
        }
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public void Hostile_input_is_rejected_with_codes(string name)
    {
        foreach (var adapter in VendorCatalog.All)
        {
            var rejected = Assert.IsType<Translation.Rejected>(adapter.Translate(Samples.Payload(Hostile[name])));
            Assert.NotEmpty(rejected.Errors);
            Assert.All(rejected.Errors, error => Assert.Matches("^VKP-2[0-9][0-9]$", error.Code));
        }
    }

    public static TheoryData<string> HostileNames => [.. Hostile.Keys];

    private static Dictionary<string, byte[]> Hostile { get; } = new()
    {
        ["nothing"] = [],
        ["white space"] = Encoding.UTF8.GetBytes("  \r\n\t "),
        ["null"] = Encoding.UTF8.GetBytes("null"),
        ["a number"] = Encoding.UTF8.GetBytes("1e400"),
        ["a list"] = Encoding.UTF8.GetBytes("[]"),
        ["an empty object"] = Encoding.UTF8.GetBytes("{}"),
        ["a byte order mark"] = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("{}")],
        ["invalid UTF-8"] = [(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}'],
        ["a lone surrogate"] = Encoding.UTF8.GetBytes("""{"eventId":"\ud800","eventType":"\udc00","resourceType":"\ud800","data":{}}"""),
        ["a lone surrogate in a name"] = Encoding.UTF8.GetBytes("""{"\ud800":"a","resourceType":"Bundle"}"""),
        ["duplicate names"] = Encoding.UTF8.GetBytes("""{"eventId":"a","eventId":"b","resourceType":"Bundle","resourceType":"Bundle"}"""),
        ["deep lists"] = Encoding.UTF8.GetBytes(new string('[', 100_000)),
        ["deep objects"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 100_000))),
        ["a long number"] = Encoding.UTF8.GetBytes($$"""{"sequence":{{new string('9', 100_000)}}}"""),
        ["a million items"] = Encoding.UTF8.GetBytes($$"""{"data":[{{string.Join(',', Enumerable.Repeat("1", 400_000))}}]}"""),
        ["a huge text"] = Encoding.UTF8.GetBytes($$"""{"eventId":"{{new string('a', 900_000)}}"}"""),
        ["NUL in text"] = Encoding.UTF8.GetBytes("""{"eventType":"\u0000"}"""),
        ["XML"] = Encoding.UTF8.GetBytes("<a/>"),
        ["comments"] = Encoding.UTF8.GetBytes("/* */ {}"),
        ["two documents"] = Encoding.UTF8.GetBytes("{} {}"),
    };

    private static IEnumerable<FhirNode> Nodes(FhirNode node) => node.Children().SelectMany(child => Nodes(child.Value)).Prepend(node);

    /// <summary>Everything a translation says, as text; also proves that its resources can be written and read aloud.</summary>
    private static string Describe(Translation translation)
    {
        var text = new StringBuilder(translation.GetType().Name).AppendLine();
        if (translation is Translation.Translated translated)
        {
            text.AppendLine(JsonSerializer.Serialize(new { translated.Envelope, translated.Lane, translated.ServiceCode, translated.CaseRole, translated.CaseIds, translated.AboutIds, translated.NoEntryReason, translated.FreshFor }));
            foreach (var resource in translated.Resources)
                text.AppendLine(Encoding.UTF8.GetString(FhirJson.Serialize(resource)));
            text.AppendLine(NoteRenderer.Render(translated.Resources));
            text.AppendJoin('\n', translated.Repairs);
        }
        else if (translation is Translation.Rejected rejected)
        {
            text.AppendJoin('\n', rejected.Errors);
        }
        else
        {
            text.Append(JsonSerializer.Serialize((object)translation));
        }

        return text.ToString();
    }
}
