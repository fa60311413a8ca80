namespace Vkp.Fhir.Codes;

/// <summary>SNOMED CT codes that VKP or HL7 Norway name.</summary>
public static class SnomedCt
{
    public static readonly FhirCode BloodPressure = new(Systems.SnomedCt, "75367002", "Blood pressure");
    public static readonly FhirCode SystolicBloodPressure = new(Systems.SnomedCt, "271649006", "Systolic blood pressure");
    public static readonly FhirCode DiastolicBloodPressure = new(Systems.SnomedCt, "271650006", "Diastolic blood pressure");
    public static readonly FhirCode HeartRate = new(Systems.SnomedCt, "364075005", "Heart rate");
    public static readonly FhirCode PulseRate = new(Systems.SnomedCt, "78564009", "Pulse rate");
    public static readonly FhirCode OxygenSaturation = new(Systems.SnomedCt, "431314004", "Peripheral oxygen saturation");
    public static readonly FhirCode BodyWeight = new(Systems.SnomedCt, "27113001", "Body weight");
    public static readonly FhirCode BodyHeight = new(Systems.SnomedCt, "50373000", "Body height measure");
    public static readonly FhirCode BodyTemperature = new(Systems.SnomedCt, "276885007", "Core body temperature");
    public static readonly FhirCode BloodGlucose = new(Systems.SnomedCt, "434912009", "Blood glucose concentration");
    public static readonly FhirCode RespiratoryRate = new(Systems.SnomedCt, "86290005", "Respiratory rate");
    public static readonly FhirCode News2Score = new(Systems.SnomedCt, "1104051000000101", "Royal College of Physicians NEWS2 (National Early Warning Score 2) total score");
    public static readonly FhirCode ConsciousnessAcvpu = new(Systems.SnomedCt, "1104441000000107", "Alert Confusion Voice Pain Unresponsive scale score");
    public static readonly FhirCode ClinicalFrailtyScale = new(Systems.SnomedCt, "763264000", "CSHA (Canadian Study of Health and Aging) Clinical Frailty Scale score");
    public static readonly FhirCode FallEvent = new(Systems.SnomedCt, "1912002", "Fall");
    public static readonly FhirCode DrugDeclined = new(Systems.SnomedCt, "182895007", "Drug declined by patient");
    public static readonly FhirCode DrugNotAvailable = new(Systems.SnomedCt, "242990004", "Drug not available for administration");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(SnomedCt)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
