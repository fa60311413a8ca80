namespace Vkp.Fhir.Codes;

/// <summary>Which service a journal document comes from (Composition.category).</summary>
public static class CompositionCategories
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-composition-category-v090";

    public static readonly FhirCode SafetyAndMastery = new(System, "1", "Trygghet og mestring");
    public static readonly FhirCode HomeFollowUp = new(System, "2", "Digital hjemmeoppfølging");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(CompositionCategories)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
