// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>System of unique identification.</summary>
public partial class NamingSystem : DomainResource
{
    public override string TypeName => "NamingSystem";

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public PublicationStatus? Status { get => EnumLiterals.Parse<PublicationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public Code? KindElement { get => Get<Code>("kind"); set => Set("kind", value); }

    public NamingSystemType? Kind { get => EnumLiterals.Parse<NamingSystemType>(GetText("kind")); set => SetText<Code>("kind", EnumLiterals.Format(value)); }

    public FhirDateTime? DateElement { get => Get<FhirDateTime>("date"); set => Set("date", value); }

    public string? Date { get => GetText("date"); set => SetText<FhirDateTime>("date", value); }

    public FhirString? PublisherElement { get => Get<FhirString>("publisher"); set => Set("publisher", value); }

    public string? Publisher { get => GetText("publisher"); set => SetText<FhirString>("publisher", value); }

    public IList<ContactDetail> Contact { get => List<ContactDetail>("contact"); set => SetList("contact", value); }

    public FhirString? ResponsibleElement { get => Get<FhirString>("responsible"); set => Set("responsible", value); }

    public string? Responsible { get => GetText("responsible"); set => SetText<FhirString>("responsible", value); }

    public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

    public Markdown? DescriptionElement { get => Get<Markdown>("description"); set => Set("description", value); }

    public string? Description { get => GetText("description"); set => SetText<Markdown>("description", value); }

    public IList<UsageContext> UseContext { get => List<UsageContext>("useContext"); set => SetList("useContext", value); }

    public IList<CodeableConcept> Jurisdiction { get => List<CodeableConcept>("jurisdiction"); set => SetList("jurisdiction", value); }

    public FhirString? UsageElement { get => Get<FhirString>("usage"); set => Set("usage", value); }

    public string? Usage { get => GetText("usage"); set => SetText<FhirString>("usage", value); }

    public IList<UniqueIdComponent> UniqueId { get => List<UniqueIdComponent>("uniqueId"); set => SetList("uniqueId", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/namingsystem-identifier-type</summary>
    public enum NamingSystemIdentifierType
    {
        [EnumLiteral("oid")] Oid,
        [EnumLiteral("uuid")] Uuid,
        [EnumLiteral("uri")] Uri,
        [EnumLiteral("other")] Other,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/namingsystem-type</summary>
    public enum NamingSystemType
    {
        [EnumLiteral("codesystem")] Codesystem,
        [EnumLiteral("identifier")] Identifier,
        [EnumLiteral("root")] Root,
    }

    /// <summary>Unique identifiers used for system.</summary>
    public partial class UniqueIdComponent : BackboneElement
    {
        public override string TypeName => "NamingSystem.uniqueId";

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public NamingSystemIdentifierType? Type { get => EnumLiterals.Parse<NamingSystemIdentifierType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

        public FhirString? ValueElement { get => Get<FhirString>("value"); set => Set("value", value); }

        public string? Value { get => GetText("value"); set => SetText<FhirString>("value", value); }

        public FhirBoolean? PreferredElement { get => Get<FhirBoolean>("preferred"); set => Set("preferred", value); }

        public bool? Preferred { get => Get<FhirBoolean>("preferred")?.Value; set => SetText<FhirBoolean>("preferred", new FhirBoolean(value).Text); }

        public FhirString? CommentElement { get => Get<FhirString>("comment"); set => Set("comment", value); }

        public string? Comment { get => GetText("comment"); set => SetText<FhirString>("comment", value); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }
    }
}

