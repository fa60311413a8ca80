using System.Text.Json;
using Vkp.Hub.Correcting;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Replay;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Retention;

/// <summary>What still comes about a message after its content was deleted.</summary>
public class DeletedContextTests
{
    [Fact]
    public async Task A_senders_correction_goes_out_by_itself_and_a_persons_is_refused_because_there_is_nothing_to_quote()
    {
        await using var hub = await TestHub.StartAsync();
        await hub.ConfigureAllVendorsAsync();
        var followUp = new VendorEvents(person: 0);
        var at = TimeProvider.System.GetUtcNow().AddMinutes(-2).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
        string Spo2(string id, int value, string more = "") =>
            $$"""{ "measurementId": "{{id}}", "kind": "spo2", "deviceTime": "{{at}}", "source": "device", "values": [ { "name": "spo2", "value": {{value}}, "unit": "%" } ]{{more}} }""";
        var first = await PostAsync(hub, followUp.Of("alert.closed", at, $$"""
            { "alertId": "AL-1", "cause": "measurement", "colour": "red", "measurements": [ {{Spo2("M-1", 84)}} ], "openedAt": "{{at}}", "note": "Kald hånd.", "handledBy": { "name": "Test Sykepleier", "hprNo": "9144889" } }
            """));
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        await hub.DeliveredAsync();
        Assert.Equal(1, await DeletedContent.MakeAsync(hub));

        await PostAsync(hub, followUp.Of("measurement.corrected", at, Spo2("M-2", 94, """, "replaces": "M-1", "reason": "Sensoren satt feil" """)));
        await hub.UntilAsync(s => s is { Journaled: 2, Open: 0 });

        var correction = hub.Epj.Journal[^1].Text;
        Assert.Contains("94", correction, StringComparison.Ordinal);
        Assert.DoesNotContain("84", correction, StringComparison.Ordinal);
        var request = new CorrectionRequest(TestHub.OrgNo, first, CorrectionOffice.EnteredInError, "feil");
        Assert.Equal("VKP-324", await Replays.RefusedAsync(hub, HttpMethod.Post, "admin/corrections", JsonSerializer.Serialize(request, AdminJson.Default.CorrectionRequest)));
    }

    private static async Task<Guid> PostAsync(TestHub hub, byte[] body)
    {
        using var answer = await hub.PostAsync(body, "followup", "vendors/dignio-style/events");
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return Guid.Parse(answer.Headers.Location!.ToString().Split('/')[4]);
    }
}
