namespace Vkp.Fhir.Codes;

/// <summary>What a plan is (CarePlan.category).</summary>
public static class CarePlanCategories
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-careplan-category-v090";

    public static readonly FhirCode Other = new(System, "0", "Annen");
    public static readonly FhirCode TreatmentPlan = new(System, "1", "Behandlingsplan");
    public static readonly FhirCode SelfTreatmentPlan = new(System, "2", "Egenbehandlingsplan");
    public static readonly FhirCode VisitPlan = new(System, "3", "Besøksplan");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(CarePlanCategories)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
