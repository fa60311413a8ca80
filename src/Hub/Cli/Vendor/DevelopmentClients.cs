using Vkp.Sandbox;

namespace Vkp.Cli.Vendor;

/// <summary>The sandbox's vendor systems: one client each, as in HelseID.</summary>
/// <param name="Vendor">The format it speaks.</param>
public sealed record DemoClient(string Id, string Vendor, string VkpId, IReadOnlyList<string> Scopes)
{
    public static readonly DemoClient Dispensers = new("evondos-demo", "evondos-style", "Evondos_Demo_Eksempel", [Hub.Faces.VendorFace.Scope]);

    public static readonly DemoClient ResponseCentre = new("responssenter-demo", Hub.Faces.VkpFace.Vendor, "Responssenter_Demo_Eksempel", [.. Hub.Faces.VkpFace.Scopes, .. Hub.Faces.LookUpFace.Scopes]);

    /// <summary>No vendor's: a journal system that fetches (`vkp sandbox epj`).</summary>
    public static readonly DemoClient JournalSystem = new("epj-demo", Hub.Faces.JftFace.Vendor, "Epj_Demo_Eksempel", [Hub.Faces.JftFace.Scope]);

    /// <summary>The vendors'.</summary>
    public static readonly IReadOnlyList<DemoClient> All =
    [
        Dispensers,
        ResponseCentre,
        new("jft-demo", Hub.Faces.JftFace.Vendor, "Journalforing_Demo_Eksempel", [Hub.Faces.JftFace.Scope]),
        new("maling-demo", Hub.Faces.MeasurementFace.Vendor, "Maling_Demo_Eksempel", [Hub.Faces.MeasurementFace.WriteScope, Hub.Faces.MeasurementFace.ReadScope]),
        Of("dignio-demo", "dignio-style", "Dignio_Demo_Eksempel"),
        Of("alarm-demo", "alarm-style", "Alarm_Demo_Eksempel"),
        Of("scaip-demo", "scaip", "Scaip_Demo_Eksempel"),
        Of("selvhjelp-demo", "selfhelp-style", "Selvhjelp_Demo_Eksempel"),
    ];

    /// <summary>All that the sandbox's issuer gives tokens to.</summary>
    public static IReadOnlyList<DemoClient> Known { get; } = [.. All, JournalSystem];

    private static DemoClient Of(string id, string vendor, string vkpId) => new(id, vendor, vkpId, [Hub.Faces.VendorFace.Scope]);

    /// <summary>Whether the interface it speaks takes tokens bound to a key only.</summary>
    public bool IsBound => Vendor is Hub.Faces.JftFace.Vendor or Hub.Faces.MeasurementFace.Vendor;

    public static DemoClient Find(string id) =>
        Known.FirstOrDefault(c => c.Id == id) ?? throw CommandException.UnknownClient(id, Known.Select(c => c.Id));

    /// <summary>A new token with all its scopes, of the kind that its interface takes.</summary>
    public Task<AccessToken> FetchTokenAsync(DevelopmentClient client, HttpClient http, Uri issuer, CancellationToken ct) =>
        IsBound ? client.FetchBoundTokenAsync(http, issuer, Scopes, ct) : client.FetchTokenAsync(http, issuer, Scopes, ct);

    /// <summary>The sandbox's client that speaks this format.</summary>
    public static DemoClient OfVendor(string vendor) => All.First(client => client.Vendor == vendor);

    /// <summary>The client with its key, made on first use and kept in the sandbox's folder.</summary>
    public DevelopmentClient Open(DataDirectory directory) =>
        DevelopmentClient.Open(Id, Path.Combine(directory.Sandbox, "clients", Id + ".jwk"), TimeProvider.System);
}
