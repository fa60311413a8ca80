using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>The traffic light of a patient's own limits.</summary>
/// <param name="Word">Bokmål; stands first in the detail of an alert.</param>
internal sealed record Colour(string Word, DetectedIssue.DetectedIssueSeverity Severity)
{
    public static IReadOnlyDictionary<string, Colour?> ByName { get; } = new Dictionary<string, Colour?>
    {
        ["red"] = new("Rød", DetectedIssue.DetectedIssueSeverity.High),
        ["yellow"] = new("Gul", DetectedIssue.DetectedIssueSeverity.Moderate),
        ["green"] = new("Grønn", DetectedIssue.DetectedIssueSeverity.Low),
    };
}
