using Vkp.Fhir.Codes;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>Why an alert was raised.</summary>
/// <param name="Names">What an alert of this cause must say beside the cause.</param>
internal sealed record AlertCause(FhirCode Code, CauseNeeds Names)
{
    public static IReadOnlyDictionary<string, AlertCause> ByName { get; } = new Dictionary<string, AlertCause>
    {
        ["measurement"] = new(AlertCodes.MeasurementReported, CauseNeeds.Measurements),
        ["missedMeasurement"] = new(AlertCodes.MeasurementNotReported, CauseNeeds.MissedTask),
        ["questionnaire"] = new(AlertCodes.FormAnswered, CauseNeeds.Questionnaire),
        ["missedQuestionnaire"] = new(AlertCodes.FormAnswerMissing, CauseNeeds.MissedTask),
        ["inactivity"] = new(AlertCodes.InactivePatient, CauseNeeds.Nothing),
        // A message nobody has answered is an action of the patient that has no code of its own.
        ["unansweredMessage"] = new(AlertCodes.OtherActionDone, CauseNeeds.Nothing),
    };
}

internal enum CauseNeeds
{
    Nothing,
    Measurements,
    Questionnaire,
    MissedTask,
}
