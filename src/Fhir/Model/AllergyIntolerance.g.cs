// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Allergy or Intolerance (generally: Risk of adverse reaction to a substance).</summary>
public partial class AllergyIntolerance : DomainResource
{
    public override string TypeName => "AllergyIntolerance";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public CodeableConcept? ClinicalStatus { get => Get<CodeableConcept>("clinicalStatus"); set => Set("clinicalStatus", value); }

    public CodeableConcept? VerificationStatus { get => Get<CodeableConcept>("verificationStatus"); set => Set("verificationStatus", value); }

    public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

    public AllergyIntoleranceType? Type { get => EnumLiterals.Parse<AllergyIntoleranceType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

    public IList<Code> CategoryElement { get => List<Code>("category"); set => SetList("category", value); }

    public IList<string?> Category { get => Texts<Code>("category"); set => SetTexts<Code>("category", value); }

    public Code? CriticalityElement { get => Get<Code>("criticality"); set => Set("criticality", value); }

    public AllergyIntoleranceCriticality? Criticality { get => EnumLiterals.Parse<AllergyIntoleranceCriticality>(GetText("criticality")); set => SetText<Code>("criticality", EnumLiterals.Format(value)); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    public ResourceReference? Patient { get => Get<ResourceReference>("patient"); set => Set("patient", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public DataType? Onset { get => Get<DataType>("onset"); set => Set("onset", value); }

    public FhirDateTime? RecordedDateElement { get => Get<FhirDateTime>("recordedDate"); set => Set("recordedDate", value); }

    public string? RecordedDate { get => GetText("recordedDate"); set => SetText<FhirDateTime>("recordedDate", value); }

    public ResourceReference? Recorder { get => Get<ResourceReference>("recorder"); set => Set("recorder", value); }

    public ResourceReference? Asserter { get => Get<ResourceReference>("asserter"); set => Set("asserter", value); }

    public FhirDateTime? LastOccurrenceElement { get => Get<FhirDateTime>("lastOccurrence"); set => Set("lastOccurrence", value); }

    public string? LastOccurrence { get => GetText("lastOccurrence"); set => SetText<FhirDateTime>("lastOccurrence", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    public IList<ReactionComponent> Reaction { get => List<ReactionComponent>("reaction"); set => SetList("reaction", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/allergy-intolerance-criticality</summary>
    public enum AllergyIntoleranceCriticality
    {
        [EnumLiteral("low")] Low,
        [EnumLiteral("high")] High,
        [EnumLiteral("unable-to-assess")] UnableToAssess,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/reaction-event-severity</summary>
    public enum AllergyIntoleranceSeverity
    {
        [EnumLiteral("mild")] Mild,
        [EnumLiteral("moderate")] Moderate,
        [EnumLiteral("severe")] Severe,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/allergy-intolerance-type</summary>
    public enum AllergyIntoleranceType
    {
        [EnumLiteral("allergy")] Allergy,
        [EnumLiteral("intolerance")] Intolerance,
    }

    /// <summary>Adverse Reaction Events linked to exposure to substance.</summary>
    public partial class ReactionComponent : BackboneElement
    {
        public override string TypeName => "AllergyIntolerance.reaction";

        public CodeableConcept? Substance { get => Get<CodeableConcept>("substance"); set => Set("substance", value); }

        public IList<CodeableConcept> Manifestation { get => List<CodeableConcept>("manifestation"); set => SetList("manifestation", value); }

        public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

        public FhirDateTime? OnsetElement { get => Get<FhirDateTime>("onset"); set => Set("onset", value); }

        public string? Onset { get => GetText("onset"); set => SetText<FhirDateTime>("onset", value); }

        public Code? SeverityElement { get => Get<Code>("severity"); set => Set("severity", value); }

        public AllergyIntoleranceSeverity? Severity { get => EnumLiterals.Parse<AllergyIntoleranceSeverity>(GetText("severity")); set => SetText<Code>("severity", EnumLiterals.Format(value)); }

        public CodeableConcept? ExposureRoute { get => Get<CodeableConcept>("exposureRoute"); set => Set("exposureRoute", value); }

        public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }
    }
}

