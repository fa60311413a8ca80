using System.Net;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Registry;

/// <summary>The file of `docs/onboarding.md` does what the page says.</summary>
public class OnboardingTests
{
    [Fact]
    public async Task The_published_file_brings_two_vendors_and_a_journal_system_live()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Issuer.Register(hub.Client("evondos-demo").AsRegistered("Evondos_Demo_Eksempel", TestHub.OrgNo, [VendorFace.Scope]));
        hub.Issuer.Register(hub.Client("responssenter-demo").AsRegistered("Responssenter_Demo_Eksempel", TestHub.OrgNo, [VkpFace.BundleScope]));
        const string SandboxAddress = "http://127.0.0.1:5701/fhir/";
        var file = Repository.ReadText("docs", "onboarding", "municipality.yaml");
        Assert.Contains(SandboxAddress, file, StringComparison.Ordinal);

        await hub.ConfigureAsync(file.Replace(SandboxAddress, hub.Epj.FhirBase.AbsoluteUri, StringComparison.Ordinal));
        using var dispenser = await hub.PostAsync(File.ReadAllBytes(Repository.PathOf("contracts", "vendors", "evondos-style", "samples", "dose.notTaken.json")), "evondos-demo", token: await hub.TokenAsync("evondos-demo", VendorFace.Scope));
        using var bundle = await hub.PostAsync(
            File.ReadAllBytes(Repository.PathOf("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json")),
            "responssenter-demo", $"epj/r4/{TestHub.OrgNo}/bundle", await hub.TokenAsync("responssenter-demo", VkpFace.BundleScope));

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (dispenser.StatusCode, bundle.StatusCode));
        var counts = await hub.UntilAsync(s => s.Accepted == 2 && s.Journaled >= 1);
        Assert.Empty(counts.Held);
    }
}
