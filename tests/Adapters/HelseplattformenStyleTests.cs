using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Adapters.Tests;

public sealed class HelseplattformenStyleTests
{
    /// <summary>The dialect is what contracts/fhir/helseplattformen-style says: the Bundle and every resource in it, for every sample, by the validator.</summary>
    [Fact]
    public async Task Every_sample_becomes_a_transaction_that_follows_the_dialects_own_profiles()
    {
        foreach (var sample in Samples.All)
        {
            if (sample.Translate() is not Translation.Translated translated)
                continue;
            var (_, sent) = await Deliveries.DeliverWell("helseplattformen-style", Deliveries.Message() with { Resources = translated.Resources });
            if (sent.Count == 0)
                continue;
            var parsed = FhirJson.ParseStrict(sent[0].Body);
            var bundle = Assert.IsType<Bundle>(parsed.Resource);
            var issues = parsed.Issues.Concat(FhirValidator.Validate(bundle)).Where(issue => issue.Severity >= FhirSeverity.Error);
            Assert.True(!issues.Any(), $"{sample.Name}: {string.Join("; ", issues)}");
            Assert.All(bundle.Entry, entry => Assert.True(entry.Resource is Binary || entry.Request!.IfNoneExist!.StartsWith("identifier=", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Measurements_go_beside_the_text_and_the_note_names_them()
    {
        var (_, sent) = await Deliveries.DeliverWell("helseplattformen-style", Deliveries.Message() with { Resources = Payloads.Translated("dignio-style/alert.closed.measurement").Resources });
        var bundle = Assert.IsType<Bundle>(FhirJson.ParseStrict(sent[0].Body).Resource);
        var measurements = bundle.Entry.Where(entry => entry.Resource is Observation).Select(entry => entry.FullUrl);
        Assert.Equal(2, measurements.Count());
        Assert.Equal(measurements, bundle.ResourcesOf<DocumentReference>().Single().Context!.Related.Select(related => related.Reference));
    }
}
