namespace Vkp.Fhir.Codes;

/// <summary>What a measured value means for the patient (http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation), as far as the hub asks.</summary>
public static class ObservationInterpretations
{
    public const string System = "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

    private static readonly HashSet<string> s_deviating = new(StringComparer.Ordinal) { "A", "AA", "H", "HH", "HU", "L", "LL", "LU" };

    /// <summary>Outside what is normal or agreed for the patient.</summary>
    public static bool IsDeviating(string? code) => code is not null && s_deviating.Contains(code);
}
