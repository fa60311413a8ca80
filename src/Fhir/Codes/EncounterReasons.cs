namespace Vkp.Fhir.Codes;

/// <summary>Why someone looked in (Encounter.reasonCode).</summary>
public static class EncounterReasons
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-encounter-reason-v090";

    public static readonly FhirCode Planned = new(System, "1", "Planlagt tilsyn");
    public static readonly FhirCode EventBased = new(System, "2", "Hendelsesbasert tilsyn");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(EncounterReasons)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
