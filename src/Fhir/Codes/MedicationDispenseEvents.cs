namespace Vkp.Fhir.Codes;

/// <summary>What a dispenser did (MedicationDispense.category).</summary>
public static class MedicationDispenseEvents
{
    public const string System = "http://ehelse.no/fhir/CodeSystem/vkp-medicationdispense-events-v090";

    public static readonly FhirCode Dispensed = new(System, "1", "Medisin utlevert");
    public static readonly FhirCode DispensedUnassisted = new(System, "1.1", "Uassistert");
    public static readonly FhirCode DispensedAssisted = new(System, "1.2", "Assistert");
    public static readonly FhirCode AsNeededDispensed = new(System, "1.3", "Behovsmedisin utlevert");
    public static readonly FhirCode TravelDispensed = new(System, "2", "Medisin utlevert reise");
    public static readonly FhirCode TravelDispensedUnassisted = new(System, "2.1", "Reise uassistert");
    public static readonly FhirCode TravelDispensedAssisted = new(System, "2.2", "Reise assistert");
    public static readonly FhirCode MessageAcknowledged = new(System, "3", "Melding til bruker kvittert ut");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(MedicationDispenseEvents)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
