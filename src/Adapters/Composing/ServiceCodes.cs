namespace Vkp.Adapters.Composing;

/// <summary>The national service codes that say which municipal service gives the right to report an event.</summary>
internal static class ServiceCodes
{
    public const string ResponseService = "RT";
    public const string SafetyAlarm = "TA";
    public const string Gps = "GPS";
    public const string MedicineDispenser = "MD";
    public const string DigitalSupervision = "DT";
    public const string HomeFollowUp = "DHO";

    /// <summary>The service of an alert code, by its top level; null for a code outside the list.</summary>
    public static string? OfAlert(string? code) => code?.Split('.')[0] switch
    {
        "1" => MedicineDispenser,
        "2" => Gps,
        "3" => SafetyAlarm,
        "4" => DigitalSupervision,
        "5" => HomeFollowUp,
        "6" or "7" => ResponseService,
        _ => null,
    };
}
