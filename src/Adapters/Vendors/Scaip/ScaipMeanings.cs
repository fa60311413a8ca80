using Vkp.Adapters.Composing;
using Vkp.Fhir.Codes;

namespace Vkp.Adapters.Vendors.Scaip;

/// <summary>What a message means to the hub.</summary>
/// <param name="Code">The alert; null for a dose that was taken and for a reset.</param>
/// <param name="IsUrgent">A call for help.</param>
internal sealed record ScaipMeaning(FhirCode? Code, string ServiceCode, bool IsUrgent, ScaipEffect Effect = ScaipEffect.Raises, bool Unknown = false);

internal enum ScaipEffect
{
    Raises,
    Resets,
    DoseDispensed,
}

/// <summary>Device types and status codes to VKP codes. The numbers are facts of the protocol; the table is ours.</summary>
internal static class ScaipMeanings
{
    /// <summary>The device is in trouble, or out of it: for technicians, not for the journal.</summary>
    private static readonly HashSet<string> Technical =
    [
        "0014", "0016", "0023", "0024", "0025", "0026", "0027", "0031", "0042", "0065", "0066", "0067", "0085", "0122", "0123", "0124",
    ];

    private static readonly HashSet<string> Resets = ["0019", "0088", "0092", "0093", "0111"];

    private static readonly Dictionary<string, FhirCode> Dispenser = new()
    {
        ["0081"] = AlertCodes.NotDispensed,
        ["0052"] = AlertCodes.RollStuck,
        ["0064"] = AlertCodes.MedicationRunningOut,
        ["0016"] = AlertCodes.BatteryLow,
        ["0014"] = AlertCodes.BatteryEmpty,
        ["0085"] = AlertCodes.PowerDisconnected,
        ["0125"] = AlertCodes.BreakIn,
    };

    /// <summary>By device type and status; a type alone stands for every status that has no line of its own.</summary>
    private static readonly Dictionary<string, FhirCode> Alarms = new()
    {
        ["0003"] = AlertCodes.SafetyAlarm,
        ["0004"] = AlertCodes.SafetyAlarm,
        ["0007"] = AlertCodes.SafetyAlarm,
        ["0005"] = AlertCodes.Fall,
        ["0010"] = AlertCodes.Inactivity,
        ["0010/0119"] = AlertCodes.Movement,
        ["0010/0120"] = AlertCodes.ActivityInRoom,
        ["0012"] = AlertCodes.LeftBed,
        ["0012/0117"] = AlertCodes.LayDownInBed,
        ["0013"] = AlertCodes.LeftBed,
        ["0044"] = AlertCodes.RoseFromChair,
        ["0014"] = AlertCodes.DoorOpened,
        ["0014/0021"] = AlertCodes.DoorClosed,
        ["0015"] = AlertCodes.LeftHome,
        ["0029"] = AlertCodes.LeftHome,
        ["0051"] = AlertCodes.Localisation,
        ["0016"] = AlertCodes.Incontinence,
        ["0017"] = AlertCodes.Epilepsy,
        ["0023"] = AlertCodes.FireAlarm,
        ["0025"] = AlertCodes.FireAlarm,
        ["0026"] = AlertCodes.FireAlarm,
        ["0047"] = AlertCodes.FireAlarm,
        ["0033"] = AlertCodes.WaterAlarm,
        ["0034"] = AlertCodes.InactivityInBathroom,
        ["0035"] = AlertCodes.ElectronicDoorLock,
        ["0043"] = AlertCodes.ElectronicDoorLock,
    };

    private static readonly HashSet<FhirCode> Calm = [AlertCodes.LayDownInBed, AlertCodes.DoorClosed, AlertCodes.Movement, AlertCodes.ActivityInRoom, AlertCodes.Incontinence, AlertCodes.ElectronicDoorLock];

    /// <summary>Null for what never goes to a journal: heartbeats, tests, logs, a device's own trouble.</summary>
    public static ScaipMeaning? Of(ScaipMessage message)
    {
        if (message.Type == "PI" || message.IsTest || message.Status == "0062")
            return null;
        if (message.DeviceType == "0011")
            return OfDispenser(message.Status);
        if (message.Type == "RE" || (message.Status is { } reset && Resets.Contains(reset)))
            return new ScaipMeaning(Code: null, ServiceCodes.SafetyAlarm, IsUrgent: true, ScaipEffect.Resets);
        if (message.Status is { } status && Technical.Contains(status))
            return null;

        var code = Alarms.GetValueOrDefault($"{message.DeviceType}/{message.Status}") ?? Alarms.GetValueOrDefault(message.DeviceType);
        return code is null
            ? new ScaipMeaning(AlertCodes.SafetyAlarm, ServiceCodes.SafetyAlarm, IsUrgent: true, Unknown: true)
            : new ScaipMeaning(code, ServiceCodes.OfAlert(code.Code)!, !Calm.Contains(code));
    }

    private static ScaipMeaning? OfDispenser(string? status) => status switch
    {
        "0083" => new ScaipMeaning(Code: null, ServiceCodes.MedicineDispenser, IsUrgent: false, ScaipEffect.DoseDispensed),
        { } known when Dispenser.TryGetValue(known, out var code) => new ScaipMeaning(code, ServiceCodes.MedicineDispenser, IsUrgent: false),
        _ => new ScaipMeaning(AlertCodes.MedicationSupport, ServiceCodes.MedicineDispenser, IsUrgent: false, Unknown: true),
    };
}
