using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.SelfHelpStyle;

/// <summary>Guided self-help for mental health: our own model of such a platform's events, not any vendor's format. The catalogue is in the README.</summary>
public sealed class SelfHelpStyleAdapter : IVendorAdapter
{
    private static readonly AdapterInfo Self = new("selfhelp-style", MajorVersion: 1, MinorVersion: 0);
    private static readonly EventCatalogue Catalogue = new(Self, schemaMajor: "1", EventRules.All);

    public AdapterInfo Info => Self;

    public IReadOnlyList<VendorEventKind> Kinds => Catalogue.Kinds;

    public Translation Translate(VendorPayload payload) => Catalogue.Translate(payload);
}
