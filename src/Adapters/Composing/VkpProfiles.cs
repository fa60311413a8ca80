namespace Vkp.Adapters.Composing;

/// <summary>The canonical urls of the VKP R4 v0.9.0 profiles that composed resources claim.</summary>
internal static class VkpProfiles
{
    public const string MedicationDispense = "http://ehelse.no/fhir/StructureDefinition/vkp-MedicationDispense-v090";
    public const string DetectedIssue = "http://ehelse.no/fhir/StructureDefinition/vkp-DetectedIssue-v090";
    public const string Composition = "http://ehelse.no/fhir/StructureDefinition/vkp-Composition-v090";
    public const string Encounter = "http://ehelse.no/fhir/StructureDefinition/vkp-Encounter-v090";
}
