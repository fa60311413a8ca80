using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Faces;

/// <summary>What is refused is refused whole: the right status, a code, what to fix, and nothing stored.</summary>
public class BadInputTests(SharedHub shared) : IClassFixture<SharedHub>
{
    public static TheoryData<string, HttpStatusCode> VendorCases => new()
    {
        { "not json", HttpStatusCode.BadRequest },
        { "empty", HttpStatusCode.BadRequest },
        { "truncated", HttpStatusCode.BadRequest },
        { "trailing text", HttpStatusCode.BadRequest },
        { "duplicate name", HttpStatusCode.BadRequest },
        { "number for text", HttpStatusCode.BadRequest },
        { "nested too deep", HttpStatusCode.BadRequest },
        { "invalid utf-8", HttpStatusCode.BadRequest },
        { "over 1 MB", HttpStatusCode.RequestEntityTooLarge },
        { "wrong control digit", HttpStatusCode.BadRequest },
        { "other municipality", HttpStatusCode.Forbidden },
        { "no event id", HttpStatusCode.BadRequest },
        { "time without offset", HttpStatusCode.BadRequest },
    };

    [Theory]
    [MemberData(nameof(VendorCases))]
    public async Task A_vendor_that_sends_this_is_told_what_to_fix_and_nothing_is_stored(string what, HttpStatusCode expected)
    {
        var hub = shared.Hub;

        using var answer = await hub.PostAsync(Vendor(what));

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync();
        var problem = JsonNode.Parse(text)!;
        Assert.Matches("^VKP-[0-9]{3}$", (string)problem["code"]!);
        Assert.False(string.IsNullOrWhiteSpace((string)problem["detail"]!));
        Assert.DoesNotContain(SyntheticPeople.All[0].NationalId[..10], text, StringComparison.Ordinal);
        Assert.Equal(0, (await hub.StatusAsync()).Accepted);
    }

    public static TheoryData<string, HttpStatusCode, string?> FhirCases => new()
    {
        { "not json", HttpStatusCode.BadRequest, null },
        { "invalid utf-8", HttpStatusCode.BadRequest, null },
        { "over 1 MB", HttpStatusCode.RequestEntityTooLarge, null },
        { "nested too deep", HttpStatusCode.BadRequest, null },
        { "duplicate name", HttpStatusCode.BadRequest, null },
        { "not a bundle", HttpStatusCode.BadRequest, null },
        { "no composition", HttpStatusCode.BadRequest, null },
        { "wrong control digit", HttpStatusCode.BadRequest, "2.1" },
    };

    [Theory]
    [MemberData(nameof(FhirCases))]
    public async Task A_sender_of_FHIR_that_sends_this_gets_an_OperationOutcome_with_codes(string what, HttpStatusCode expected, string? published)
    {
        var hub = shared.Hub;

        using var answer = await hub.PostBundleAsync(Bundle(what));

        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(expected == answer.StatusCode, text);
        Assert.Equal("application/fhir+json", answer.Content.Headers.ContentType!.MediaType);
        var outcome = JsonNode.Parse(text)!;
        Assert.Equal("OperationOutcome", (string?)outcome["resourceType"]);
        var issue = outcome["issue"]![0]!;
        Assert.Equal("error", (string?)issue["severity"]);
        var codes = issue["details"]!["coding"]!.AsArray().Select(c => (string)c!["code"]!).ToList();
        Assert.Contains(codes, c => c.StartsWith("VKP-", StringComparison.Ordinal));
        if (published is not null) Assert.Contains(published, codes);
        Assert.Equal(0, (await hub.StatusAsync()).Accepted);
    }

    [Fact]
    public async Task An_unknown_municipality_in_the_address_is_named_as_such()
    {
        var hub = shared.Hub;

        using var answer = await hub.PostAsync("{}"u8.ToArray(), "responses", "epj/r4/987654321/bundle");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("VKP-401", text, StringComparison.Ordinal);
        Assert.Contains("\"2.2\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_vendor_format_is_not_found()
    {
        var hub = shared.Hub;

        using var answer = await hub.PostAsync("{}"u8.ToArray(), path: "vendors/nobody-style/events");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static byte[] Vendor(string what)
    {
        var good = Encoding.UTF8.GetString(TestHub.Event("dose.dispensed").Body.Span);
        JsonObject Changed(Action<JsonObject> change)
        {
            var node = JsonNode.Parse(good)!.AsObject();
            change(node);
            return node;
        }

        return what switch
        {
            "not json" => "hello"u8.ToArray(),
            "empty" => [],
            "truncated" => Encoding.UTF8.GetBytes(good[..^3]),
            "trailing text" => Encoding.UTF8.GetBytes(good + "x"),
            "duplicate name" => Encoding.UTF8.GetBytes("{\"eventId\":\"a\"," + good[1..]),
            "number for text" => Encoding.UTF8.GetBytes(Changed(n => n["eventType"] = 7).ToJsonString()),
            "nested too deep" => Encoding.UTF8.GetBytes(good.Replace("\"data\":{", "\"data\":{\"x\":" + new string('[', 60) + new string(']', 60) + ",", StringComparison.Ordinal)),
            "invalid utf-8" => [.. Encoding.UTF8.GetBytes(good[..20]), 0xC3, 0x28, .. Encoding.UTF8.GetBytes(good[20..])],
            "over 1 MB" => Encoding.UTF8.GetBytes(Changed(n => n["data"]!["padding"] = new string('a', 1_100_000)).ToJsonString()),
            "wrong control digit" => Encoding.UTF8.GetBytes(good.Replace(SyntheticPeople.All[0].NationalId, WrongNumber(), StringComparison.Ordinal)),
            "other municipality" => Encoding.UTF8.GetBytes(good.Replace(TestHub.OrgNo, TestHub.OtherOrgNo, StringComparison.Ordinal)),
            "no event id" => Encoding.UTF8.GetBytes(Changed(n => n.Remove("eventId")).ToJsonString()),
            "time without offset" => Encoding.UTF8.GetBytes(Changed(n => n["occurredAt"] = "2026-10-25T02:30:00").ToJsonString()),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
    }

    private static byte[] Bundle(string what)
    {
        var good = TestSupport.Repository.ReadText("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json");
        return what switch
        {
            "not json" => "<Bundle/>"u8.ToArray(),
            "invalid utf-8" => [.. Encoding.UTF8.GetBytes(good[..40]), 0xFF, .. Encoding.UTF8.GetBytes(good[40..])],
            "over 1 MB" => Encoding.UTF8.GetBytes(good.Replace("Alarm info", new string('a', 1_100_000), StringComparison.Ordinal)),
            "nested too deep" => Encoding.UTF8.GetBytes("{\"resourceType\":\"Bundle\",\"entry\":" + string.Concat(Enumerable.Repeat("[{\"entry\":", 200))),
            "duplicate name" => Encoding.UTF8.GetBytes(good.Replace("\"type\": \"document\"", "\"type\": \"document\", \"type\": \"message\"", StringComparison.Ordinal)),
            "not a bundle" => "{\"resourceType\":\"Patient\"}"u8.ToArray(),
            "no composition" => "{\"resourceType\":\"Bundle\",\"type\":\"document\",\"timestamp\":\"2024-07-03T08:36:37Z\"}"u8.ToArray(),
            "wrong control digit" => Encoding.UTF8.GetBytes(good
                .Replace("http://cosdoc.dips.no/lopenummer", Fhir.Codes.IdentifierSystems.Fodselsnummer, StringComparison.Ordinal)
                .Replace("\"1302\"", $"\"{WrongNumber()}\"", StringComparison.Ordinal)),
            _ => throw new ArgumentOutOfRangeException(nameof(what), what, null),
        };
    }

    private static string WrongNumber()
    {
        var right = SyntheticPeople.All[0].NationalId;
        return right[..10] + (char)('0' + ((right[10] - '0' + 1) % 10));
    }
}
