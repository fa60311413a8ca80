using System.Text.RegularExpressions;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

public partial class PersonalDataTests
{
    [Fact]
    public async Task No_identity_number_stands_in_plain_text_anywhere_in_the_database()
    {
        await using var hub = await TestHub.StartAsync();
        var missed = Guid.CreateVersion7();
        foreach (var happened in new[] { TestHub.Event("dose.dispensed"), TestHub.Event("dose.notTaken", id: missed), TestHub.Event("dose.dispensed", person: 2) })
        {
            using var answer = await hub.PostAsync(happened);
        }

        using var closed = await hub.PostAsync(TestHub.Event("alert.closed", alerts: [TriggerEvents.AlertIdOf(missed)]));
        using var bundle = await hub.PostBundleAsync(File.ReadAllBytes(Repository.PathOf("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json")));
        // The vendor's own id of an event may be an identity number, wrong as that is.
        using var worst = await hub.PostAsync(WithEventId(SyntheticPeople.All[0].NationalId));
        using (await hub.AdminAsync(HttpMethod.Post, "admin/config/plan", new StringContent(TestHub.Configuration(hub.Epj.FhirBase))))
        {
        }

        await hub.UntilAsync(s => s is { Accepted: 6, Open: 1 });
        // Addresses end up in logs of proxies: those the hub gives out name messages by ids of its own.
        Assert.All(new[] { closed, bundle, worst }, answer =>
            Assert.All(SyntheticPeople.All, person => Assert.DoesNotContain(person.NationalId, answer.Headers.Location!.ToString(), StringComparison.Ordinal)));

        var dump = await hub.DumpAsync();

        Assert.True(dump.Length > 10_000);
        var hex = SyntheticPeople.All.Select(p => Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(p.NationalId)));
        Assert.All(SyntheticPeople.All.Select(p => p.NationalId).Concat(hex), number => Assert.DoesNotContain(number, dump, StringComparison.Ordinal));
        Assert.All(ElevenDigits().Matches(dump), run => Assert.False(Fhir.NationalIdentityNumber.TryParse(run.Value, out _), "a valid identity number stands in the database"));
    }

    [Fact]
    public async Task A_trace_masks_identity_numbers_and_logs_that_the_body_was_opened()
    {
        await using var hub = await TestHub.StartAsync();
        using var answer = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.UntilAsync(s => s.Journaled == 1);
        var id = answer.Headers.Location!.ToString().Split('/')[4];

        using var first = await hub.AdminAsync(HttpMethod.Get, $"admin/trace/{id}?purpose=tilsyn");
        using var second = await hub.AdminAsync(HttpMethod.Get, $"admin/trace/{id}?purpose=tilsyn");

        var told = await second.Content.ReadAsStringAsync();
        Assert.DoesNotContain(SyntheticPeople.All[0].NationalId, told, StringComparison.Ordinal);
        Assert.Contains("purpose: tilsyn", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_finds_a_message_by_the_vendors_own_id()
    {
        await using var hub = await TestHub.StartAsync();
        var happened = TestHub.Event("dose.dispensed");
        using var answer = await hub.PostAsync(happened);
        await hub.UntilAsync(s => s.Journaled == 1);

        using var trace = await hub.AdminAsync(HttpMethod.Get, $"admin/trace/{happened.EventId}");

        Assert.Contains(answer.Headers.Location!.ToString().Split('/')[4], await trace.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static byte[] WithEventId(string id)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(TestHub.Event("dose.dispensed", person: 1).Body.Span)!;
        node["eventId"] = id;
        return System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(node);
    }

    [GeneratedRegex(@"(?<![0-9A-Za-z])\d{11}(?![0-9A-Za-z])", RegexOptions.None, 1000)]
    private static partial Regex ElevenDigits();
}
