// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A photo, video, or audio recording acquired or used in healthcare. The actual content may be inline or provided by direct reference.</summary>
public partial class Media : DomainResource
{
    public override string TypeName => "Media";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ResourceReference> PartOf { get => List<ResourceReference>("partOf"); set => SetList("partOf", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public EventStatus? Status { get => EnumLiterals.Parse<EventStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

    public CodeableConcept? Modality { get => Get<CodeableConcept>("modality"); set => Set("modality", value); }

    public CodeableConcept? View { get => Get<CodeableConcept>("view"); set => Set("view", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public DataType? Created { get => Get<DataType>("created"); set => Set("created", value); }

    public Instant? IssuedElement { get => Get<Instant>("issued"); set => Set("issued", value); }

    public DateTimeOffset? Issued { get => Get<Instant>("issued")?.Value; set => SetText<Instant>("issued", new Instant(value).Text); }

    public ResourceReference? Operator { get => Get<ResourceReference>("operator"); set => Set("operator", value); }

    public IList<CodeableConcept> ReasonCode { get => List<CodeableConcept>("reasonCode"); set => SetList("reasonCode", value); }

    public CodeableConcept? BodySite { get => Get<CodeableConcept>("bodySite"); set => Set("bodySite", value); }

    public FhirString? DeviceNameElement { get => Get<FhirString>("deviceName"); set => Set("deviceName", value); }

    public string? DeviceName { get => GetText("deviceName"); set => SetText<FhirString>("deviceName", value); }

    public ResourceReference? Device { get => Get<ResourceReference>("device"); set => Set("device", value); }

    public PositiveInt? HeightElement { get => Get<PositiveInt>("height"); set => Set("height", value); }

    public int? Height { get => Get<PositiveInt>("height")?.Value; set => SetText<PositiveInt>("height", new PositiveInt(value).Text); }

    public PositiveInt? WidthElement { get => Get<PositiveInt>("width"); set => Set("width", value); }

    public int? Width { get => Get<PositiveInt>("width")?.Value; set => SetText<PositiveInt>("width", new PositiveInt(value).Text); }

    public PositiveInt? FramesElement { get => Get<PositiveInt>("frames"); set => Set("frames", value); }

    public int? Frames { get => Get<PositiveInt>("frames")?.Value; set => SetText<PositiveInt>("frames", new PositiveInt(value).Text); }

    public FhirDecimal? DurationElement { get => Get<FhirDecimal>("duration"); set => Set("duration", value); }

    public decimal? Duration { get => Get<FhirDecimal>("duration")?.Value; set => SetText<FhirDecimal>("duration", new FhirDecimal(value).Text); }

    public Attachment? Content { get => Get<Attachment>("content"); set => Set("content", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }
}

