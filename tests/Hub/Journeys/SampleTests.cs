using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Hub.Faces;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Journeys;

/// <summary>Every sample the contracts publish, posted to a real hub as its vendor would.</summary>
public class SampleTests
{
    public static TheoryData<string> Vendors => [.. VendorCatalog.All.Select(v => v.Info.Name).Where(name => name != VkpFace.Vendor)];

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Every_published_sample_is_taken_and_comes_to_its_end(string vendor)
    {
        await using var hub = await TestHub.StartAsync();
        var adapter = VendorCatalog.Find(vendor)!;
        var samples = Directory.GetFiles(Repository.PathOf("contracts", "vendors", vendor, "samples"))
            .Where(f => !f.Contains(".verified.", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        Assert.NotEmpty(samples);
        await hub.ConfigureForSamplesAsync(vendor, samples.Select(s => adapter.Translate(new VendorPayload(s, TimeProvider.System.GetUtcNow()))));
        var token = await hub.TokenAsync("samples", VendorFace.Scope);

        var stored = 0;
        foreach (var sample in samples)
        {
            using var answer = await hub.PostAsync(sample, path: $"vendors/{vendor}/events", token: token);
            var text = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.IsSuccessStatusCode, $"{Encoding.UTF8.GetString(sample)} was answered {text}");
            if (answer.StatusCode == HttpStatusCode.Accepted) Assert.Equal("registered", (string?)JsonNode.Parse(text)!["state"]);
            else Assert.Contains("<snu>0</snu>", text, StringComparison.Ordinal);
            stored++;
        }

        await hub.DeliveredAsync();
        // What opened a case that no sample closes waits for its closing; everything else is at its end.
        var counts = await hub.UntilAsync(s => s.Accepted == stored && s.Failed == 0 && s.Journaled + s.Settled + s.Open == stored && s.Journaled > 0 && s.Held.Count == 0 && hub.Epj.Count.Journaled == s.Journaled);
        Assert.Equal(0, hub.Epj.Count.Doubled);
        Assert.Equal(counts.Journaled, hub.Epj.Journal.Count);
        Assert.All(hub.Epj.Journal, entry => Assert.False(string.IsNullOrEmpty(entry.PatientValue)));
    }
}
