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
}
