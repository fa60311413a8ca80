// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Measurements and simple assertions.</summary>
public partial class Observation : DomainResource
{
    public override string TypeName => "Observation";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ResourceReference> PartOf { get => List<ResourceReference>("partOf"); set => SetList("partOf", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public ObservationStatus? Status { get => EnumLiterals.Parse<ObservationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public IList<ResourceReference> Focus { get => List<ResourceReference>("focus"); set => SetList("focus", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public DataType? Effective { get => Get<DataType>("effective"); set => Set("effective", value); }

    public Instant? IssuedElement { get => Get<Instant>("issued"); set => Set("issued", value); }

    public DateTimeOffset? Issued { get => Get<Instant>("issued")?.Value; set => SetText<Instant>("issued", new Instant(value).Text); }

    public IList<ResourceReference> Performer { get => List<ResourceReference>("performer"); set => SetList("performer", value); }

    public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }

    public CodeableConcept? DataAbsentReason { get => Get<CodeableConcept>("dataAbsentReason"); set => Set("dataAbsentReason", value); }

    public IList<CodeableConcept> Interpretation { get => List<CodeableConcept>("interpretation"); set => SetList("interpretation", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    public CodeableConcept? BodySite { get => Get<CodeableConcept>("bodySite"); set => Set("bodySite", value); }

    public CodeableConcept? Method { get => Get<CodeableConcept>("method"); set => Set("method", value); }

    public ResourceReference? Specimen { get => Get<ResourceReference>("specimen"); set => Set("specimen", value); }

    public ResourceReference? Device { get => Get<ResourceReference>("device"); set => Set("device", value); }

    public IList<ReferenceRangeComponent> ReferenceRange { get => List<ReferenceRangeComponent>("referenceRange"); set => SetList("referenceRange", value); }

    public IList<ResourceReference> HasMember { get => List<ResourceReference>("hasMember"); set => SetList("hasMember", value); }

    public IList<ResourceReference> DerivedFrom { get => List<ResourceReference>("derivedFrom"); set => SetList("derivedFrom", value); }

    public IList<ComponentComponent> Component { get => List<ComponentComponent>("component"); set => SetList("component", value); }

    /// <summary>Provides guide for interpretation.</summary>
    public partial class ReferenceRangeComponent : BackboneElement
    {
        public override string TypeName => "Observation.referenceRange";

        public Quantity? Low { get => Get<Quantity>("low"); set => Set("low", value); }

        public Quantity? High { get => Get<Quantity>("high"); set => Set("high", value); }

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

        public IList<CodeableConcept> AppliesTo { get => List<CodeableConcept>("appliesTo"); set => SetList("appliesTo", value); }

        public Range? Age { get => Get<Range>("age"); set => Set("age", value); }

        public FhirString? TextElement { get => Get<FhirString>("text"); set => Set("text", value); }

        public string? Text { get => GetText("text"); set => SetText<FhirString>("text", value); }
    }

    /// <summary>Component results.</summary>
    public partial class ComponentComponent : BackboneElement
    {
        public override string TypeName => "Observation.component";

        public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }

        public CodeableConcept? DataAbsentReason { get => Get<CodeableConcept>("dataAbsentReason"); set => Set("dataAbsentReason", value); }

        public IList<CodeableConcept> Interpretation { get => List<CodeableConcept>("interpretation"); set => SetList("interpretation", value); }

        public IList<ReferenceRangeComponent> ReferenceRange { get => List<ReferenceRangeComponent>("referenceRange"); set => SetList("referenceRange", value); }
    }
}

