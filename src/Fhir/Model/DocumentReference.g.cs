// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A reference to a document.</summary>
public partial class DocumentReference : DomainResource
{
    public override string TypeName => "DocumentReference";

    public Identifier? MasterIdentifier { get => Get<Identifier>("masterIdentifier"); set => Set("masterIdentifier", value); }

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public DocumentReferenceStatus? Status { get => EnumLiterals.Parse<DocumentReferenceStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public Code? DocStatusElement { get => Get<Code>("docStatus"); set => Set("docStatus", value); }

    public CompositionStatus? DocStatus { get => EnumLiterals.Parse<CompositionStatus>(GetText("docStatus")); set => SetText<Code>("docStatus", EnumLiterals.Format(value)); }

    public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public Instant? DateElement { get => Get<Instant>("date"); set => Set("date", value); }

    public DateTimeOffset? Date { get => Get<Instant>("date")?.Value; set => SetText<Instant>("date", new Instant(value).Text); }

    public IList<ResourceReference> Author { get => List<ResourceReference>("author"); set => SetList("author", value); }

    public ResourceReference? Authenticator { get => Get<ResourceReference>("authenticator"); set => Set("authenticator", value); }

    public ResourceReference? Custodian { get => Get<ResourceReference>("custodian"); set => Set("custodian", value); }

    public IList<RelatesToComponent> RelatesTo { get => List<RelatesToComponent>("relatesTo"); set => SetList("relatesTo", value); }

    public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

    public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

    public IList<CodeableConcept> SecurityLabel { get => List<CodeableConcept>("securityLabel"); set => SetList("securityLabel", value); }

    public IList<ContentComponent> Content { get => List<ContentComponent>("content"); set => SetList("content", value); }

    public ContextComponent? Context { get => Get<ContextComponent>("context"); set => Set("context", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/document-reference-status</summary>
    public enum DocumentReferenceStatus
    {
        [EnumLiteral("current")] Current,
        [EnumLiteral("superseded")] Superseded,
        [EnumLiteral("entered-in-error")] EnteredInError,
    }

    /// <summary>Relationships to other documents.</summary>
    public partial class RelatesToComponent : BackboneElement
    {
        public override string TypeName => "DocumentReference.relatesTo";

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public DocumentRelationshipType? Code { get => EnumLiterals.Parse<DocumentRelationshipType>(GetText("code")); set => SetText<Code>("code", EnumLiterals.Format(value)); }

        public ResourceReference? Target { get => Get<ResourceReference>("target"); set => Set("target", value); }
    }

    /// <summary>Document referenced.</summary>
    public partial class ContentComponent : BackboneElement
    {
        public override string TypeName => "DocumentReference.content";

        public Attachment? Attachment { get => Get<Attachment>("attachment"); set => Set("attachment", value); }

        public Coding? Format { get => Get<Coding>("format"); set => Set("format", value); }
    }

    /// <summary>Clinical context of document.</summary>
    public partial class ContextComponent : BackboneElement
    {
        public override string TypeName => "DocumentReference.context";

        public IList<ResourceReference> Encounter { get => List<ResourceReference>("encounter"); set => SetList("encounter", value); }

        public IList<CodeableConcept> Event { get => List<CodeableConcept>("event"); set => SetList("event", value); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

        public CodeableConcept? FacilityType { get => Get<CodeableConcept>("facilityType"); set => Set("facilityType", value); }

        public CodeableConcept? PracticeSetting { get => Get<CodeableConcept>("practiceSetting"); set => Set("practiceSetting", value); }

        public ResourceReference? SourcePatientInfo { get => Get<ResourceReference>("sourcePatientInfo"); set => Set("sourcePatientInfo", value); }

        public IList<ResourceReference> Related { get => List<ResourceReference>("related"); set => SetList("related", value); }
    }
}

