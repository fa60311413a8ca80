using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.LookUps;

/// <summary>One hub per kind of journal system for a whole test class: a look-up leaves nothing behind that the next could stumble over.</summary>
public sealed class LookUpHubs : IAsyncDisposable
{
    private readonly Dictionary<string, TestHub> hubs = new(StringComparer.Ordinal);

    /// <summary>The hub whose journal system is of this kind, and at which a response centre may look up three services.</summary>
    public async Task<TestHub> OfAsync(string epj)
    {
        if (hubs.TryGetValue(epj, out var hub)) return hub;
        hub = hubs[epj] = await TestHub.StartAsync();
        hub.Issuer.Register(hub.Client("responses").AsRegistered("Respons_Test_Eksempel", TestHub.OrgNo, [.. VkpFace.Scopes, .. LookUpFace.Scopes]));
        if (epj != "fhir-messaging") await hub.UseEpjAsync(epj);
        await hub.ConfigureAsync(hub.CurrentConfiguration.Replace("vkpId: Respons_Test_Eksempel", "vkpId: Respons_Test_Eksempel, serviceCodes: [ MD, TA, DHO ]", StringComparison.Ordinal));
        return hub;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var hub in hubs.Values) await hub.DisposeAsync();
    }
}
