using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>Digital home follow-up in the Dignio style: our own model of such a vendor's events, not the vendor's format. The catalogue is in the README.</summary>
public sealed class DignioStyleAdapter : IVendorAdapter
{
    private static readonly AdapterInfo Self = new("dignio-style", MajorVersion: 1, MinorVersion: 0);
    private static readonly EventCatalogue Catalogue = new(Self, schemaMajor: "1", EventRules.All);

    public AdapterInfo Info => Self;

    public IReadOnlyList<VendorEventKind> Kinds => Catalogue.Kinds;

    public Translation Translate(VendorPayload payload) => Catalogue.Translate(payload);
}
