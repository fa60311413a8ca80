namespace Vkp.Adapters.Composing;

/// <summary>The canonical urls of the VKP R4 v0.9.0 profiles that composed resources claim.</summary>
internal static class VkpProfiles
{
    public const string MedicationDispense = "http://ehelse.no/fhir/StructureDefinition/vkp-MedicationDispense-v090";
    public const string DetectedIssue = "http://ehelse.no/fhir/StructureDefinition/vkp-DetectedIssue-v090";
    public const string Composition = "http://ehelse.no/fhir/StructureDefinition/vkp-Composition-v090";
    public const string Encounter = "http://ehelse.no/fhir/StructureDefinition/vkp-Encounter-v090";
    public const string CarePlan = "http://ehelse.no/fhir/StructureDefinition/vkp-CarePlan-v090";

    /// <summary>The canonical is misspelt where it is published, and so it stays.</summary>
    public const string QuestionnaireResponse = "http://ehelse.no/fhir/StructureDefinition/vkp-QuestionnaireReponse-v090";

    public const string Observation = "http://ehelse.no/fhir/StructureDefinition/vkp-Observation-v090";
    public const string BloodPressure = "http://ehelse.no/fhir/StructureDefinition/vkp-Observation-Bloodpressure-v090";

    // These four have another stem than the rest.
    public const string BodyTemperature = "http://hl7.no/fhir/StructureDefinition/vkp-Observation-Bodytemp-v090";
    public const string BodyWeight = "http://hl7.no/fhir/StructureDefinition/vkp-Observation-Bodyweight-v090";
    public const string HeartRate = "http://hl7.no/fhir/StructureDefinition/vkp-Observation-Heartrate-v090";
    public const string OxygenSaturation = "http://hl7.no/fhir/StructureDefinition/vkp-Observation-Oxygensat-v090";
}
