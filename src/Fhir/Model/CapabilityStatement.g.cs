// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A statement of system capabilities.</summary>
public partial class CapabilityStatement : DomainResource
{
    public override string TypeName => "CapabilityStatement";

    public FhirUri? UrlElement { get => Get<FhirUri>("url"); set => Set("url", value); }

    public string? Url { get => GetText("url"); set => SetText<FhirUri>("url", value); }

    public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

    public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public FhirString? TitleElement { get => Get<FhirString>("title"); set => Set("title", value); }

    public string? Title { get => GetText("title"); set => SetText<FhirString>("title", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public PublicationStatus? Status { get => EnumLiterals.Parse<PublicationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public FhirBoolean? ExperimentalElement { get => Get<FhirBoolean>("experimental"); set => Set("experimental", value); }

    public bool? Experimental { get => Get<FhirBoolean>("experimental")?.Value; set => SetText<FhirBoolean>("experimental", new FhirBoolean(value).Text); }

    public FhirDateTime? DateElement { get => Get<FhirDateTime>("date"); set => Set("date", value); }

    public string? Date { get => GetText("date"); set => SetText<FhirDateTime>("date", value); }

    public FhirString? PublisherElement { get => Get<FhirString>("publisher"); set => Set("publisher", value); }

    public string? Publisher { get => GetText("publisher"); set => SetText<FhirString>("publisher", value); }

    public IList<ContactDetail> Contact { get => List<ContactDetail>("contact"); set => SetList("contact", value); }

    public Markdown? DescriptionElement { get => Get<Markdown>("description"); set => Set("description", value); }

    public string? Description { get => GetText("description"); set => SetText<Markdown>("description", value); }

    public IList<UsageContext> UseContext { get => List<UsageContext>("useContext"); set => SetList("useContext", value); }

    public IList<CodeableConcept> Jurisdiction { get => List<CodeableConcept>("jurisdiction"); set => SetList("jurisdiction", value); }

    public Markdown? PurposeElement { get => Get<Markdown>("purpose"); set => Set("purpose", value); }

    public string? Purpose { get => GetText("purpose"); set => SetText<Markdown>("purpose", value); }

    public Markdown? CopyrightElement { get => Get<Markdown>("copyright"); set => Set("copyright", value); }

    public string? Copyright { get => GetText("copyright"); set => SetText<Markdown>("copyright", value); }

    public Code? KindElement { get => Get<Code>("kind"); set => Set("kind", value); }

    public CapabilityStatementKind? Kind { get => EnumLiterals.Parse<CapabilityStatementKind>(GetText("kind")); set => SetText<Code>("kind", EnumLiterals.Format(value)); }

    public IList<Canonical> InstantiatesElement { get => List<Canonical>("instantiates"); set => SetList("instantiates", value); }

    public IList<string?> Instantiates { get => Texts<Canonical>("instantiates"); set => SetTexts<Canonical>("instantiates", value); }

    public IList<Canonical> ImportsElement { get => List<Canonical>("imports"); set => SetList("imports", value); }

    public IList<string?> Imports { get => Texts<Canonical>("imports"); set => SetTexts<Canonical>("imports", value); }

    public SoftwareComponent? Software { get => Get<SoftwareComponent>("software"); set => Set("software", value); }

    public ImplementationComponent? Implementation { get => Get<ImplementationComponent>("implementation"); set => Set("implementation", value); }

    public Code? FhirVersionElement { get => Get<Code>("fhirVersion"); set => Set("fhirVersion", value); }

    public string? FhirVersion { get => GetText("fhirVersion"); set => SetText<Code>("fhirVersion", value); }

    public IList<Code> FormatElement { get => List<Code>("format"); set => SetList("format", value); }

    public IList<string?> Format { get => Texts<Code>("format"); set => SetTexts<Code>("format", value); }

    public IList<Code> PatchFormatElement { get => List<Code>("patchFormat"); set => SetList("patchFormat", value); }

    public IList<string?> PatchFormat { get => Texts<Code>("patchFormat"); set => SetTexts<Code>("patchFormat", value); }

    public IList<Canonical> ImplementationGuideElement { get => List<Canonical>("implementationGuide"); set => SetList("implementationGuide", value); }

    public IList<string?> ImplementationGuide { get => Texts<Canonical>("implementationGuide"); set => SetTexts<Canonical>("implementationGuide", value); }

    public IList<RestComponent> Rest { get => List<RestComponent>("rest"); set => SetList("rest", value); }

    public IList<MessagingComponent> Messaging { get => List<MessagingComponent>("messaging"); set => SetList("messaging", value); }

    public IList<DocumentComponent> Document { get => List<DocumentComponent>("document"); set => SetList("document", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/capability-statement-kind</summary>
    public enum CapabilityStatementKind
    {
        [EnumLiteral("instance")] Instance,
        [EnumLiteral("capability")] Capability,
        [EnumLiteral("requirements")] Requirements,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/conditional-delete-status</summary>
    public enum ConditionalDeleteStatus
    {
        [EnumLiteral("not-supported")] NotSupported,
        [EnumLiteral("single")] Single,
        [EnumLiteral("multiple")] Multiple,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/conditional-read-status</summary>
    public enum ConditionalReadStatus
    {
        [EnumLiteral("not-supported")] NotSupported,
        [EnumLiteral("modified-since")] ModifiedSince,
        [EnumLiteral("not-match")] NotMatch,
        [EnumLiteral("full-support")] FullSupport,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/document-mode</summary>
    public enum DocumentMode
    {
        [EnumLiteral("producer")] Producer,
        [EnumLiteral("consumer")] Consumer,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/event-capability-mode</summary>
    public enum EventCapabilityMode
    {
        [EnumLiteral("sender")] Sender,
        [EnumLiteral("receiver")] Receiver,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/versioning-policy</summary>
    public enum ResourceVersionPolicy
    {
        [EnumLiteral("no-version")] NoVersion,
        [EnumLiteral("versioned")] Versioned,
        [EnumLiteral("versioned-update")] VersionedUpdate,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/restful-capability-mode</summary>
    public enum RestfulCapabilityMode
    {
        [EnumLiteral("client")] Client,
        [EnumLiteral("server")] Server,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/system-restful-interaction</summary>
    public enum SystemRestfulInteraction
    {
        [EnumLiteral("transaction")] Transaction,
        [EnumLiteral("batch")] Batch,
        [EnumLiteral("search-system")] SearchSystem,
        [EnumLiteral("history-system")] HistorySystem,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/type-restful-interaction</summary>
    public enum TypeRestfulInteraction
    {
        [EnumLiteral("read")] Read,
        [EnumLiteral("vread")] Vread,
        [EnumLiteral("update")] Update,
        [EnumLiteral("patch")] Patch,
        [EnumLiteral("delete")] Delete,
        [EnumLiteral("history-instance")] HistoryInstance,
        [EnumLiteral("history-type")] HistoryType,
        [EnumLiteral("create")] Create,
        [EnumLiteral("search-type")] SearchType,
    }

    /// <summary>Software that is covered by this capability statement.</summary>
    public partial class SoftwareComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.software";

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

        public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

        public FhirDateTime? ReleaseDateElement { get => Get<FhirDateTime>("releaseDate"); set => Set("releaseDate", value); }

        public string? ReleaseDate { get => GetText("releaseDate"); set => SetText<FhirDateTime>("releaseDate", value); }
    }

    /// <summary>If this describes a specific instance.</summary>
    public partial class ImplementationComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.implementation";

        public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

        public FhirUrl? UrlElement { get => Get<FhirUrl>("url"); set => Set("url", value); }

        public string? Url { get => GetText("url"); set => SetText<FhirUrl>("url", value); }

        public ResourceReference? Custodian { get => Get<ResourceReference>("custodian"); set => Set("custodian", value); }
    }

    /// <summary>If the endpoint is a RESTful one.</summary>
    public partial class RestComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.rest";

        public Code? ModeElement { get => Get<Code>("mode"); set => Set("mode", value); }

        public RestfulCapabilityMode? Mode { get => EnumLiterals.Parse<RestfulCapabilityMode>(GetText("mode")); set => SetText<Code>("mode", EnumLiterals.Format(value)); }

        public Markdown? DocumentationElement { get => Get<Markdown>("documentation"); set => Set("documentation", value); }

        public string? Documentation { get => GetText("documentation"); set => SetText<Markdown>("documentation", value); }

        public SecurityComponent? Security { get => Get<SecurityComponent>("security"); set => Set("security", value); }

        public IList<ResourceComponent> Resource { get => List<ResourceComponent>("resource"); set => SetList("resource", value); }

        public IList<SystemInteractionComponent> Interaction { get => List<SystemInteractionComponent>("interaction"); set => SetList("interaction", value); }

        public IList<SearchParamComponent> SearchParam { get => List<SearchParamComponent>("searchParam"); set => SetList("searchParam", value); }

        public IList<OperationComponent> Operation { get => List<OperationComponent>("operation"); set => SetList("operation", value); }

        public IList<Canonical> CompartmentElement { get => List<Canonical>("compartment"); set => SetList("compartment", value); }

        public IList<string?> Compartment { get => Texts<Canonical>("compartment"); set => SetTexts<Canonical>("compartment", value); }
    }

    /// <summary>Information about security of implementation.</summary>
    public partial class SecurityComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.rest.security";

        public FhirBoolean? CorsElement { get => Get<FhirBoolean>("cors"); set => Set("cors", value); }

        public bool? Cors { get => Get<FhirBoolean>("cors")?.Value; set => SetText<FhirBoolean>("cors", new FhirBoolean(value).Text); }

        public IList<CodeableConcept> Service { get => List<CodeableConcept>("service"); set => SetList("service", value); }

        public Markdown? DescriptionElement { get => Get<Markdown>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<Markdown>("description", value); }
    }

    /// <summary>Resource served on the REST interface.</summary>
    public partial class ResourceComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.rest.resource";

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public string? Type { get => GetText("type"); set => SetText<Code>("type", value); }

        public Canonical? ProfileElement { get => Get<Canonical>("profile"); set => Set("profile", value); }

        public string? Profile { get => GetText("profile"); set => SetText<Canonical>("profile", value); }

        public IList<Canonical> SupportedProfileElement { get => List<Canonical>("supportedProfile"); set => SetList("supportedProfile", value); }

        public IList<string?> SupportedProfile { get => Texts<Canonical>("supportedProfile"); set => SetTexts<Canonical>("supportedProfile", value); }

        public Markdown? DocumentationElement { get => Get<Markdown>("documentation"); set => Set("documentation", value); }

        public string? Documentation { get => GetText("documentation"); set => SetText<Markdown>("documentation", value); }

        public IList<ResourceInteractionComponent> Interaction { get => List<ResourceInteractionComponent>("interaction"); set => SetList("interaction", value); }

        public Code? VersioningElement { get => Get<Code>("versioning"); set => Set("versioning", value); }

        public ResourceVersionPolicy? Versioning { get => EnumLiterals.Parse<ResourceVersionPolicy>(GetText("versioning")); set => SetText<Code>("versioning", EnumLiterals.Format(value)); }

        public FhirBoolean? ReadHistoryElement { get => Get<FhirBoolean>("readHistory"); set => Set("readHistory", value); }

        public bool? ReadHistory { get => Get<FhirBoolean>("readHistory")?.Value; set => SetText<FhirBoolean>("readHistory", new FhirBoolean(value).Text); }

        public FhirBoolean? UpdateCreateElement { get => Get<FhirBoolean>("updateCreate"); set => Set("updateCreate", value); }

        public bool? UpdateCreate { get => Get<FhirBoolean>("updateCreate")?.Value; set => SetText<FhirBoolean>("updateCreate", new FhirBoolean(value).Text); }

        public FhirBoolean? ConditionalCreateElement { get => Get<FhirBoolean>("conditionalCreate"); set => Set("conditionalCreate", value); }

        public bool? ConditionalCreate { get => Get<FhirBoolean>("conditionalCreate")?.Value; set => SetText<FhirBoolean>("conditionalCreate", new FhirBoolean(value).Text); }

        public Code? ConditionalReadElement { get => Get<Code>("conditionalRead"); set => Set("conditionalRead", value); }

        public ConditionalReadStatus? ConditionalRead { get => EnumLiterals.Parse<ConditionalReadStatus>(GetText("conditionalRead")); set => SetText<Code>("conditionalRead", EnumLiterals.Format(value)); }

        public FhirBoolean? ConditionalUpdateElement { get => Get<FhirBoolean>("conditionalUpdate"); set => Set("conditionalUpdate", value); }

        public bool? ConditionalUpdate { get => Get<FhirBoolean>("conditionalUpdate")?.Value; set => SetText<FhirBoolean>("conditionalUpdate", new FhirBoolean(value).Text); }

        public Code? ConditionalDeleteElement { get => Get<Code>("conditionalDelete"); set => Set("conditionalDelete", value); }

        public ConditionalDeleteStatus? ConditionalDelete { get => EnumLiterals.Parse<ConditionalDeleteStatus>(GetText("conditionalDelete")); set => SetText<Code>("conditionalDelete", EnumLiterals.Format(value)); }

        public IList<Code> ReferencePolicyElement { get => List<Code>("referencePolicy"); set => SetList("referencePolicy", value); }

        public IList<string?> ReferencePolicy { get => Texts<Code>("referencePolicy"); set => SetTexts<Code>("referencePolicy", value); }

        public IList<FhirString> SearchIncludeElement { get => List<FhirString>("searchInclude"); set => SetList("searchInclude", value); }

        public IList<string?> SearchInclude { get => Texts<FhirString>("searchInclude"); set => SetTexts<FhirString>("searchInclude", value); }

        public IList<FhirString> SearchRevIncludeElement { get => List<FhirString>("searchRevInclude"); set => SetList("searchRevInclude", value); }

        public IList<string?> SearchRevInclude { get => Texts<FhirString>("searchRevInclude"); set => SetTexts<FhirString>("searchRevInclude", value); }

        public IList<SearchParamComponent> SearchParam { get => List<SearchParamComponent>("searchParam"); set => SetList("searchParam", value); }

        public IList<OperationComponent> Operation { get => List<OperationComponent>("operation"); set => SetList("operation", value); }
    }

    /// <summary>What operations are supported?.</summary>
    public partial class ResourceInteractionComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.rest.resource.interaction";

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public TypeRestfulInteraction? Code { get => EnumLiterals.Parse<TypeRestfulInteraction>(GetText("code")); set => SetText<Code>("code", EnumLiterals.Format(value)); }

        public Markdown? DocumentationElement { get => Get<Markdown>("documentation"); set => Set("documentation", value); }

        public string? Documentation { get => GetText("documentation"); set => SetText<Markdown>("documentation", value); }
    }

    /// <summary>Search parameters supported by implementation.</summary>
    public partial class SearchParamComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.rest.resource.searchParam";

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public Canonical? DefinitionElement { get => Get<Canonical>("definition"); set => Set("definition", value); }

        public string? Definition { get => GetText("definition"); set => SetText<Canonical>("definition", value); }

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public SearchParamType? Type { get => EnumLiterals.Parse<SearchParamType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

        public Markdown? DocumentationElement { get => Get<Markdown>("documentation"); set => Set("documentation", value); }

        public string? Documentation { get => GetText("documentation"); set => SetText<Markdown>("documentation", value); }
    }

    /// <summary>Definition of a resource operation.</summary>
    public partial class OperationComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.rest.resource.operation";

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public Canonical? DefinitionElement { get => Get<Canonical>("definition"); set => Set("definition", value); }

        public string? Definition { get => GetText("definition"); set => SetText<Canonical>("definition", value); }

        public Markdown? DocumentationElement { get => Get<Markdown>("documentation"); set => Set("documentation", value); }

        public string? Documentation { get => GetText("documentation"); set => SetText<Markdown>("documentation", value); }
    }

    /// <summary>What operations are supported?.</summary>
    public partial class SystemInteractionComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.rest.interaction";

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public SystemRestfulInteraction? Code { get => EnumLiterals.Parse<SystemRestfulInteraction>(GetText("code")); set => SetText<Code>("code", EnumLiterals.Format(value)); }

        public Markdown? DocumentationElement { get => Get<Markdown>("documentation"); set => Set("documentation", value); }

        public string? Documentation { get => GetText("documentation"); set => SetText<Markdown>("documentation", value); }
    }

    /// <summary>If messaging is supported.</summary>
    public partial class MessagingComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.messaging";

        public IList<EndpointComponent> Endpoint { get => List<EndpointComponent>("endpoint"); set => SetList("endpoint", value); }

        public UnsignedInt? ReliableCacheElement { get => Get<UnsignedInt>("reliableCache"); set => Set("reliableCache", value); }

        public int? ReliableCache { get => Get<UnsignedInt>("reliableCache")?.Value; set => SetText<UnsignedInt>("reliableCache", new UnsignedInt(value).Text); }

        public Markdown? DocumentationElement { get => Get<Markdown>("documentation"); set => Set("documentation", value); }

        public string? Documentation { get => GetText("documentation"); set => SetText<Markdown>("documentation", value); }

        public IList<SupportedMessageComponent> SupportedMessage { get => List<SupportedMessageComponent>("supportedMessage"); set => SetList("supportedMessage", value); }
    }

    /// <summary>Where messages should be sent.</summary>
    public partial class EndpointComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.messaging.endpoint";

        public Coding? Protocol { get => Get<Coding>("protocol"); set => Set("protocol", value); }

        public FhirUrl? AddressElement { get => Get<FhirUrl>("address"); set => Set("address", value); }

        public string? Address { get => GetText("address"); set => SetText<FhirUrl>("address", value); }
    }

    /// <summary>Messages supported by this system.</summary>
    public partial class SupportedMessageComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.messaging.supportedMessage";

        public Code? ModeElement { get => Get<Code>("mode"); set => Set("mode", value); }

        public EventCapabilityMode? Mode { get => EnumLiterals.Parse<EventCapabilityMode>(GetText("mode")); set => SetText<Code>("mode", EnumLiterals.Format(value)); }

        public Canonical? DefinitionElement { get => Get<Canonical>("definition"); set => Set("definition", value); }

        public string? Definition { get => GetText("definition"); set => SetText<Canonical>("definition", value); }
    }

    /// <summary>Document definition.</summary>
    public partial class DocumentComponent : BackboneElement
    {
        public override string TypeName => "CapabilityStatement.document";

        public Code? ModeElement { get => Get<Code>("mode"); set => Set("mode", value); }

        public DocumentMode? Mode { get => EnumLiterals.Parse<DocumentMode>(GetText("mode")); set => SetText<Code>("mode", EnumLiterals.Format(value)); }

        public Markdown? DocumentationElement { get => Get<Markdown>("documentation"); set => Set("documentation", value); }

        public string? Documentation { get => GetText("documentation"); set => SetText<Markdown>("documentation", value); }

        public Canonical? ProfileElement { get => Get<Canonical>("profile"); set => Set("profile", value); }

        public string? Profile { get => GetText("profile"); set => SetText<Canonical>("profile", value); }
    }
}

