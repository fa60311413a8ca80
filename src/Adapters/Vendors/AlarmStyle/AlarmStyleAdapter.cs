using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>Safety alarms, digital supervision, location and door locks through a response centre: our own model of such a platform's events. The catalogue is in the README.</summary>
public sealed class AlarmStyleAdapter : IVendorAdapter
{
    private static readonly AdapterInfo Self = new("alarm-style", MajorVersion: 1, MinorVersion: 0);
    private static readonly EventCatalogue Catalogue = new(Self, schemaMajor: "1", EventRules.All);

    public AdapterInfo Info => Self;

    public IReadOnlyList<VendorEventKind> Kinds => Catalogue.Kinds;

    public Translation Translate(VendorPayload payload) => Catalogue.Translate(payload);
}
