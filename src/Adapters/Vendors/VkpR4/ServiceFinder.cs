using Vkp.Adapters.Composing;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>Which municipal service a submission belongs to, from its alert code, else from what it consists of.</summary>
internal static class ServiceFinder
{
    public static string? Find(Submission submission) =>
        submission.Of<DetectedIssue>().Select(issue => FromAlert(issue.Code)).FirstOrDefault(code => code is not null)
        ?? submission.Of<Composition>().Select(composition => FromAlert(composition.Type) ?? FromCategory(composition)).FirstOrDefault(code => code is not null)
        ?? FromTypes(submission);

    /// <summary>
    /// The top level of the alert code. Code 7 means a nurse call system, but the national operator's own sample sends it for a safety alarm and says so
    /// in the text, so the text decides between the two; the code itself is passed on unchanged.
    /// </summary>
    private static string? FromAlert(CodeableConcept? code) => code?.CodeIn(AlertCodes.System) switch
    {
        "7" when code.Text?.Contains("trygghetsalarm", StringComparison.OrdinalIgnoreCase) == true => ServiceCodes.SafetyAlarm,
        var known => ServiceCodes.OfAlert(known),
    };

    private static string? FromCategory(Composition composition) =>
        composition.Category.Select(category => category.CodeIn(CompositionCategories.System)).FirstOrDefault(code => code is not null) switch
        {
            "1" => ServiceCodes.ResponseService,
            "2" => ServiceCodes.HomeFollowUp,
            _ => null,
        };

    private static string? FromTypes(Submission submission) => submission.Main switch
    {
        MedicationDispense => ServiceCodes.MedicineDispenser,
        Encounter => ServiceCodes.DigitalSupervision,
        Observation or QuestionnaireResponse => ServiceCodes.HomeFollowUp,
        Communication => ServiceCodes.ResponseService,
        _ => null,
    };
}
