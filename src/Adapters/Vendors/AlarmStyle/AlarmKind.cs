using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Codes;
using static Vkp.Fhir.Model.DetectedIssue;

namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>What kind of alarm it is.</summary>
/// <param name="Unknown">The vendor's own word for a kind that has no code here; it stands in the text.</param>
internal sealed record AlarmKind(FhirCode Code, DetectedIssueSeverity Severity, string? Unknown = null)
{
    private static readonly Dictionary<string, AlarmKind> ByName = new()
    {
        ["safetyAlarm"] = High(AlertCodes.SafetyAlarm),
        ["fall"] = High(AlertCodes.Fall),
        ["leftBed"] = Moderate(AlertCodes.LeftBed),
        ["satUpInBed"] = Moderate(AlertCodes.SatUpInBed),
        ["layDownInBed"] = Low(AlertCodes.LayDownInBed),
        ["roseFromChair"] = Moderate(AlertCodes.RoseFromChair),
        ["enteredRoom"] = Low(AlertCodes.EnteredRoom),
        ["leftRoom"] = Moderate(AlertCodes.LeftRoom),
        ["longStay"] = Moderate(AlertCodes.UnexpectedlyLongStay),
        ["activity"] = Low(AlertCodes.ActivityInRoom),
        ["inactivity"] = Moderate(AlertCodes.Inactivity),
        ["inactivityBathroom"] = High(AlertCodes.InactivityInBathroom),
        ["noise"] = Moderate(AlertCodes.LoudNoise),
        ["fire"] = High(AlertCodes.FireAlarm),
        ["absence"] = Moderate(AlertCodes.Absence),
        ["button"] = High(AlertCodes.ButtonPressed),
        ["cord"] = High(AlertCodes.CordPulled),
        ["doorOpened"] = Moderate(AlertCodes.DoorOpened),
        ["doorClosed"] = Low(AlertCodes.DoorClosed),
        ["water"] = Moderate(AlertCodes.WaterAlarm),
        ["movement"] = Low(AlertCodes.Movement),
        ["noMovement"] = Moderate(AlertCodes.MissingMovement),
        ["leftHome"] = High(AlertCodes.LeftHome),
        ["callFailed"] = Moderate(AlertCodes.CallToUserFailed),
        ["epilepsy"] = High(AlertCodes.Epilepsy),
        ["location"] = High(AlertCodes.Localisation),
        ["lock"] = Moderate(AlertCodes.ElectronicDoorLock),
        ["nurseCall"] = High(AlertCodes.NurseCall),
        ["incontinence"] = Low(AlertCodes.Incontinence),
    };

    public string ServiceCode => ServiceCodes.OfAlert(Code.Code)!;

    /// <summary>A kind nobody knows is a safety alarm with the vendor's word in the text: an alarm is never dropped and never waits for a code.</summary>
    public static AlarmKind Read(JsonFields data)
    {
        var name = data.Text("kind", charactersMax: 64);
        if (ByName.TryGetValue(name, out var kind))
            return kind;
        if (name.Length > 0)
            data.Findings.Repair(TranslationErrors.KindUnknown(data.At("kind")));
        return new AlarmKind(AlertCodes.SafetyAlarm, DetectedIssueSeverity.High, name);
    }

    private static AlarmKind High(FhirCode code) => new(code, DetectedIssueSeverity.High);

    private static AlarmKind Moderate(FhirCode code) => new(code, DetectedIssueSeverity.Moderate);

    private static AlarmKind Low(FhirCode code) => new(code, DetectedIssueSeverity.Low);
}
