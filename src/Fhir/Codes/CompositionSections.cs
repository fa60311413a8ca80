namespace Vkp.Fhir.Codes;

/// <summary>What a section of the journal document is (Composition.section.code).</summary>
public static class CompositionSections
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-composition-section-v090";

    public static readonly FhirCode Note = new(System, "1", "Notat");
    public static readonly FhirCode FollowUpDescription = new(System, "1.1", "Beskrivelse av oppfølging");
    public static readonly FhirCode EventDescription = new(System, "1.2", "Beskrivelse av hendelse");
    public static readonly FhirCode Comment = new(System, "1.3", "Kommentar");
    public static readonly FhirCode CompiledText = new(System, "2", "Sammenstilt tekst");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(CompositionSections)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
