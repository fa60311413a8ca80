using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>Medicine dispensers in the Evondos style: our own model of such a vendor's events, not the vendor's format. The catalogue is in the README.</summary>
public sealed class EvondosStyleAdapter : IVendorAdapter
{
    private static readonly AdapterInfo Self = new("evondos-style", MajorVersion: 1, MinorVersion: 1);
    private static readonly EventCatalogue Catalogue = new(Self, schemaMajor: "1", EventRules.All, OldNumbers.NamesNow);

    public AdapterInfo Info => Self;

    public IReadOnlyList<VendorEventKind> Kinds => Catalogue.Kinds;

    public Translation Translate(VendorPayload payload) => Catalogue.Translate(payload);
}
