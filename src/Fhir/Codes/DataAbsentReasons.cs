namespace Vkp.Fhir.Codes;

/// <summary>Why a value is missing.</summary>
public static class DataAbsentReasons
{
    public static readonly FhirCode Unknown = new(Systems.DataAbsentReason, "unknown", "Unknown");
    public static readonly FhirCode NotAsked = new(Systems.DataAbsentReason, "not-asked", "Not Asked");
    public static readonly FhirCode Error = new(Systems.DataAbsentReason, "error", "Error");
    public static readonly FhirCode NotPerformed = new(Systems.DataAbsentReason, "not-performed", "Not Performed");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(DataAbsentReasons)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
