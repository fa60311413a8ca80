namespace Vkp.Fhir.Codes;

/// <summary>Where an encounter takes place.</summary>
public static class EncounterClasses
{
    public static readonly FhirCode Virtual = new(Systems.ActCode, "VR", "virtual");
    public static readonly FhirCode HomeHealth = new(Systems.ActCode, "HH", "home health");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(EncounterClasses)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
