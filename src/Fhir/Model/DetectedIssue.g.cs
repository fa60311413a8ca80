// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Clinical issue with action.</summary>
public partial class DetectedIssue : DomainResource
{
    public override string TypeName => "DetectedIssue";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public ObservationStatus? Status { get => EnumLiterals.Parse<ObservationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    public Code? SeverityElement { get => Get<Code>("severity"); set => Set("severity", value); }

    public DetectedIssueSeverity? Severity { get => EnumLiterals.Parse<DetectedIssueSeverity>(GetText("severity")); set => SetText<Code>("severity", EnumLiterals.Format(value)); }

    public ResourceReference? Patient { get => Get<ResourceReference>("patient"); set => Set("patient", value); }

    public DataType? Identified { get => Get<DataType>("identified"); set => Set("identified", value); }

    public ResourceReference? Author { get => Get<ResourceReference>("author"); set => Set("author", value); }

    public IList<ResourceReference> Implicated { get => List<ResourceReference>("implicated"); set => SetList("implicated", value); }

    public IList<EvidenceComponent> Evidence { get => List<EvidenceComponent>("evidence"); set => SetList("evidence", value); }

    public FhirString? DetailElement { get => Get<FhirString>("detail"); set => Set("detail", value); }

    public string? Detail { get => GetText("detail"); set => SetText<FhirString>("detail", value); }

    public FhirUri? ReferenceElement { get => Get<FhirUri>("reference"); set => Set("reference", value); }

    public string? Reference { get => GetText("reference"); set => SetText<FhirUri>("reference", value); }

    public IList<MitigationComponent> Mitigation { get => List<MitigationComponent>("mitigation"); set => SetList("mitigation", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/detectedissue-severity</summary>
    public enum DetectedIssueSeverity
    {
        [EnumLiteral("high")] High,
        [EnumLiteral("moderate")] Moderate,
        [EnumLiteral("low")] Low,
    }

    /// <summary>Supporting evidence.</summary>
    public partial class EvidenceComponent : BackboneElement
    {
        public override string TypeName => "DetectedIssue.evidence";

        public IList<CodeableConcept> Code { get => List<CodeableConcept>("code"); set => SetList("code", value); }

        public IList<ResourceReference> Detail { get => List<ResourceReference>("detail"); set => SetList("detail", value); }
    }

    /// <summary>Step taken to address.</summary>
    public partial class MitigationComponent : BackboneElement
    {
        public override string TypeName => "DetectedIssue.mitigation";

        public CodeableConcept? Action { get => Get<CodeableConcept>("action"); set => Set("action", value); }

        public FhirDateTime? DateElement { get => Get<FhirDateTime>("date"); set => Set("date", value); }

        public string? Date { get => GetText("date"); set => SetText<FhirDateTime>("date", value); }

        public ResourceReference? Author { get => Get<ResourceReference>("author"); set => Set("author", value); }
    }
}

