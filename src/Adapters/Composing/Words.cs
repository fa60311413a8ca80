using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Composing;

/// <summary>Bokmål phrases that several translations share.</summary>
internal static class Words
{
    public const string UncertainTime = "Enhetstiden er usikker; tidspunktet er da meldingen ble mottatt.";

    /// <summary>`1 pose`, `9 poser`.</summary>
    public static string Pouches(int count) => count == 1 ? "1 pose" : $"{count} poser";

    /// <summary>The text, and the remark on the clock when it is needed.</summary>
    public static string WithUncertainty(string text, VendorEvent source) => source.TimeIsUncertain ? $"{text} {UncertainTime}" : text;
}
