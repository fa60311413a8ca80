using Vkp.Adapters.Composing;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>The dispenser that tells.</summary>
internal sealed record Dispenser(string Serial)
{
    /// <summary>What an EPJ shows; the product's name is in the registry, not in every note.</summary>
    public const string Display = "Medisindispenser";

    public static Dispenser Read(JsonFields data) => new(data.Object("device")?.Text("serial", charactersMax: 64) ?? string.Empty);

    /// <summary>A logical reference, as the profiles demand: the dispenser is no resource of its own.</summary>
    public ResourceReference AsActor() => Parts.Logical(new SourceIdentifier(Identity.DeviceSerial, Serial), Display);
}
