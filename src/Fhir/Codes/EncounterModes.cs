namespace Vkp.Fhir.Codes;

/// <summary>How someone looked in (Encounter.participant.type).</summary>
public static class EncounterModes
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-encounter-mode-v090";

    public static readonly FhirCode AnonymisedPicture = new(System, "0", "Bildetilsyn anonymisert");
    public static readonly FhirCode Picture = new(System, "1", "Bildetilsyn");
    public static readonly FhirCode TwoWaySpeech = new(System, "2", "Toveis tale");
    public static readonly FhirCode AnonymisedListening = new(System, "3", "Innlytt anonymisert");
    public static readonly FhirCode Listening = new(System, "4", "Innlytt");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(EncounterModes)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
