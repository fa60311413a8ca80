// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Detailed information about conditions, problems or diagnoses.</summary>
public partial class Condition : DomainResource
{
    public override string TypeName => "Condition";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public CodeableConcept? ClinicalStatus { get => Get<CodeableConcept>("clinicalStatus"); set => Set("clinicalStatus", value); }

    public CodeableConcept? VerificationStatus { get => Get<CodeableConcept>("verificationStatus"); set => Set("verificationStatus", value); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public CodeableConcept? Severity { get => Get<CodeableConcept>("severity"); set => Set("severity", value); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    public IList<CodeableConcept> BodySite { get => List<CodeableConcept>("bodySite"); set => SetList("bodySite", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public DataType? Onset { get => Get<DataType>("onset"); set => Set("onset", value); }

    public DataType? Abatement { get => Get<DataType>("abatement"); set => Set("abatement", value); }

    public FhirDateTime? RecordedDateElement { get => Get<FhirDateTime>("recordedDate"); set => Set("recordedDate", value); }

    public string? RecordedDate { get => GetText("recordedDate"); set => SetText<FhirDateTime>("recordedDate", value); }

    public ResourceReference? Recorder { get => Get<ResourceReference>("recorder"); set => Set("recorder", value); }

    public ResourceReference? Asserter { get => Get<ResourceReference>("asserter"); set => Set("asserter", value); }

    public IList<StageComponent> Stage { get => List<StageComponent>("stage"); set => SetList("stage", value); }

    public IList<EvidenceComponent> Evidence { get => List<EvidenceComponent>("evidence"); set => SetList("evidence", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    /// <summary>Stage/grade, usually assessed formally.</summary>
    public partial class StageComponent : BackboneElement
    {
        public override string TypeName => "Condition.stage";

        public CodeableConcept? Summary { get => Get<CodeableConcept>("summary"); set => Set("summary", value); }

        public IList<ResourceReference> Assessment { get => List<ResourceReference>("assessment"); set => SetList("assessment", value); }

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }
    }

    /// <summary>Supporting evidence.</summary>
    public partial class EvidenceComponent : BackboneElement
    {
        public override string TypeName => "Condition.evidence";

        public IList<CodeableConcept> Code { get => List<CodeableConcept>("code"); set => SetList("code", value); }

        public IList<ResourceReference> Detail { get => List<ResourceReference>("detail"); set => SetList("detail", value); }
    }
}

