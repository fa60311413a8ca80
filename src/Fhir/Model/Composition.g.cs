// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A set of resources composed into a single coherent clinical statement with clinical attestation.</summary>
public partial class Composition : DomainResource
{
    public override string TypeName => "Composition";

    public Identifier? Identifier { get => Get<Identifier>("identifier"); set => Set("identifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public CompositionStatus? Status { get => EnumLiterals.Parse<CompositionStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public FhirDateTime? DateElement { get => Get<FhirDateTime>("date"); set => Set("date", value); }

    public string? Date { get => GetText("date"); set => SetText<FhirDateTime>("date", value); }

    public IList<ResourceReference> Author { get => List<ResourceReference>("author"); set => SetList("author", value); }

    public FhirString? TitleElement { get => Get<FhirString>("title"); set => Set("title", value); }

    public string? Title { get => GetText("title"); set => SetText<FhirString>("title", value); }

    public Code? ConfidentialityElement { get => Get<Code>("confidentiality"); set => Set("confidentiality", value); }

    public V3ConfidentialityClassification? Confidentiality { get => EnumLiterals.Parse<V3ConfidentialityClassification>(GetText("confidentiality")); set => SetText<Code>("confidentiality", EnumLiterals.Format(value)); }

    public IList<AttesterComponent> Attester { get => List<AttesterComponent>("attester"); set => SetList("attester", value); }

    public ResourceReference? Custodian { get => Get<ResourceReference>("custodian"); set => Set("custodian", value); }

    public IList<RelatesToComponent> RelatesTo { get => List<RelatesToComponent>("relatesTo"); set => SetList("relatesTo", value); }

    public IList<EventComponent> Event { get => List<EventComponent>("event"); set => SetList("event", value); }

    public IList<SectionComponent> Section { get => List<SectionComponent>("section"); set => SetList("section", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/composition-attestation-mode</summary>
    public enum CompositionAttestationMode
    {
        [EnumLiteral("personal")] Personal,
        [EnumLiteral("professional")] Professional,
        [EnumLiteral("legal")] Legal,
        [EnumLiteral("official")] Official,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/list-mode</summary>
    public enum ListMode
    {
        [EnumLiteral("working")] Working,
        [EnumLiteral("snapshot")] Snapshot,
        [EnumLiteral("changes")] Changes,
    }

    /// <summary>http://terminology.hl7.org/ValueSet/v3-ConfidentialityClassification</summary>
    public enum V3ConfidentialityClassification
    {
        [EnumLiteral("U")] U,
        [EnumLiteral("L")] L,
        [EnumLiteral("M")] M,
        [EnumLiteral("N")] N,
        [EnumLiteral("R")] R,
        [EnumLiteral("V")] V,
    }

    /// <summary>Attests to accuracy of composition.</summary>
    public partial class AttesterComponent : BackboneElement
    {
        public override string TypeName => "Composition.attester";

        public Code? ModeElement { get => Get<Code>("mode"); set => Set("mode", value); }

        public CompositionAttestationMode? Mode { get => EnumLiterals.Parse<CompositionAttestationMode>(GetText("mode")); set => SetText<Code>("mode", EnumLiterals.Format(value)); }

        public FhirDateTime? TimeElement { get => Get<FhirDateTime>("time"); set => Set("time", value); }

        public string? Time { get => GetText("time"); set => SetText<FhirDateTime>("time", value); }

        public ResourceReference? Party { get => Get<ResourceReference>("party"); set => Set("party", value); }
    }

    /// <summary>Relationships to other compositions/documents.</summary>
    public partial class RelatesToComponent : BackboneElement
    {
        public override string TypeName => "Composition.relatesTo";

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public DocumentRelationshipType? Code { get => EnumLiterals.Parse<DocumentRelationshipType>(GetText("code")); set => SetText<Code>("code", EnumLiterals.Format(value)); }

        public DataType? Target { get => Get<DataType>("target"); set => Set("target", value); }
    }

    /// <summary>The clinical service(s) being documented.</summary>
    public partial class EventComponent : BackboneElement
    {
        public override string TypeName => "Composition.event";

        public IList<CodeableConcept> Code { get => List<CodeableConcept>("code"); set => SetList("code", value); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

        public IList<ResourceReference> Detail { get => List<ResourceReference>("detail"); set => SetList("detail", value); }
    }

    /// <summary>Composition is broken into sections.</summary>
    public partial class SectionComponent : BackboneElement
    {
        public override string TypeName => "Composition.section";

        public FhirString? TitleElement { get => Get<FhirString>("title"); set => Set("title", value); }

        public string? Title { get => GetText("title"); set => SetText<FhirString>("title", value); }

        public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

        public IList<ResourceReference> Author { get => List<ResourceReference>("author"); set => SetList("author", value); }

        public ResourceReference? Focus { get => Get<ResourceReference>("focus"); set => Set("focus", value); }

        public Narrative? Text { get => Get<Narrative>("text"); set => Set("text", value); }

        public Code? ModeElement { get => Get<Code>("mode"); set => Set("mode", value); }

        public ListMode? Mode { get => EnumLiterals.Parse<ListMode>(GetText("mode")); set => SetText<Code>("mode", EnumLiterals.Format(value)); }

        public CodeableConcept? OrderedBy { get => Get<CodeableConcept>("orderedBy"); set => Set("orderedBy", value); }

        public IList<ResourceReference> Entry { get => List<ResourceReference>("entry"); set => SetList("entry", value); }

        public CodeableConcept? EmptyReason { get => Get<CodeableConcept>("emptyReason"); set => Set("emptyReason", value); }

        public IList<SectionComponent> Section { get => List<SectionComponent>("section"); set => SetList("section", value); }
    }
}

