namespace Vkp.Fhir.Codes;

/// <summary>Municipal service types that welfare technology rests on (IPLOS, KPR). Home follow-up has none yet.</summary>
public static class MunicipalServices
{
    public static readonly FhirCode SafetyAlarm = new(Systems.MunicipalService, "6", "Trygghetsalarm");
    public static readonly FhirCode Localisation = new(Systems.MunicipalService, "26", "Lokaliseringsteknologi (GPS)");
    public static readonly FhirCode MedicationSupport = new(Systems.MunicipalService, "27", "Elektronisk medisineringsstøtte");
    public static readonly FhirCode DigitalSupervision = new(Systems.MunicipalService, "28", "Digitalt tilsyn");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(MunicipalServices)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
