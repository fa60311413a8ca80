namespace Vkp.Fhir.Codes;

/// <summary>The kind of an observation.</summary>
public static class ObservationCategories
{
    public static readonly FhirCode VitalSigns = new(Systems.ObservationCategory, "vital-signs", "Vital Signs");
    public static readonly FhirCode Survey = new(Systems.ObservationCategory, "survey", "Survey");
    public static readonly FhirCode Laboratory = new(Systems.ObservationCategory, "laboratory", "Laboratory");
    public static readonly FhirCode Activity = new(Systems.ObservationCategory, "activity", "Activity");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(ObservationCategories)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
