namespace Vkp.Fhir.Codes;

/// <summary>LOINC codes that VKP, HL7 Norway or the R4 vital signs name.</summary>
public static class Loinc
{
    public static readonly FhirCode SummaryNote = new(Systems.Loinc, "34133-9", "Summarization of episode note");
    public static readonly FhirCode VitalSignsPanel = new(Systems.Loinc, "85353-1", "Vital signs, weight, height, head circumference, oxygen saturation and BMI panel");
    public static readonly FhirCode BloodPressure = new(Systems.Loinc, "85354-9", "Blood pressure panel with all children optional");
    public static readonly FhirCode SystolicBloodPressure = new(Systems.Loinc, "8480-6", "Systolic blood pressure");
    public static readonly FhirCode DiastolicBloodPressure = new(Systems.Loinc, "8462-4", "Diastolic blood pressure");
    public static readonly FhirCode MeanBloodPressure = new(Systems.Loinc, "8478-0", "Mean blood pressure");
    public static readonly FhirCode HeartRate = new(Systems.Loinc, "8867-4", "Heart rate");
    public static readonly FhirCode RespiratoryRate = new(Systems.Loinc, "9279-1", "Respiratory rate");
    public static readonly FhirCode OxygenSaturation = new(Systems.Loinc, "2708-6", "Oxygen saturation in Arterial blood");
    public static readonly FhirCode OxygenSaturationByPulseOximetry = new(Systems.Loinc, "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry");
    public static readonly FhirCode BodyTemperature = new(Systems.Loinc, "8310-5", "Body temperature");
    public static readonly FhirCode BodyHeight = new(Systems.Loinc, "8302-2", "Body height");
    public static readonly FhirCode HeadCircumference = new(Systems.Loinc, "9843-4", "Head Occipital-frontal circumference");
    public static readonly FhirCode BodyWeight = new(Systems.Loinc, "29463-7", "Body weight");
    public static readonly FhirCode BodyMassIndex = new(Systems.Loinc, "39156-5", "Body mass index (BMI) [Ratio]");
    public static readonly FhirCode Glucose = new(Systems.Loinc, "15074-8", "Glucose [Moles/volume] in Blood");
    public static readonly FhirCode QuestionnaireScore = new(Systems.Loinc, "74465-6", "Questionnaire response Document");
    public static readonly FhirCode Gad7Total = new(Systems.Loinc, "70274-6", "Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]");

    private static readonly Lazy<IReadOnlyList<FhirCode>> s_all = new(static () => FhirCode.ReadConstants(typeof(Loinc)));

    public static IReadOnlyList<FhirCode> All => s_all.Value;

    /// <summary>Null when the list has no such code.</summary>
    public static FhirCode? Find(string? code) => All.FirstOrDefault(x => x.Code == code);
}
