namespace Vkp.Fhir.Codes;

/// <summary>How serious a case is; the code system, not the value set that the published extension names by mistake.</summary>
public static class SeverityLevels
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-severity-level-v090";

    public static readonly FhirCode NotReported = new(System, "0", "Ikke rapportert");
    public static readonly FhirCode Normal = new(System, "10", "Normal");
    public static readonly FhirCode Moderate = new(System, "20", "Moderat");
    public static readonly FhirCode Serious = new(System, "30", "Alvorlig");
    public static readonly FhirCode Critical = new(System, "40", "Kritisk");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(SeverityLevels)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
