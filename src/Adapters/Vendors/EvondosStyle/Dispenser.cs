using Vkp.Adapters.Composing;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>The dispenser that tells.</summary>
/// <param name="IsOnline">Whether the sender had contact with it; null when it does not say.</param>
internal sealed record Dispenser(string Serial, bool? IsOnline)
{
    /// <summary>Contact between the dispenser and its service.</summary>
    public const string Contact = "contact";

    /// <summary>Power from the wall.</summary>
    public const string Power = "power";

    /// <summary>What an EPJ shows; the product's name is in the registry, not in every note.</summary>
    public const string Display = "Medisindispenser";

    public static Dispenser Read(JsonFields data) =>
        data.Object("device") is { } device ? new Dispenser(device.Text("serial", charactersMax: 64), device.FlagOrNull("online")) : new Dispenser(string.Empty, IsOnline: null);

    /// <summary>`contact:ZZ000123`: what an alert about the device's own state is matched by.</summary>
    public string ConditionId(string condition) => ConditionId(condition, Serial);

    public static string ConditionId(string condition, string serial) => $"{condition}:{serial}";

    /// <summary>A logical reference, as the profiles demand: the dispenser is no resource of its own.</summary>
    public ResourceReference AsActor() => Parts.Logical(new SourceIdentifier(Identity.DeviceSerial, Serial), Display);
}
