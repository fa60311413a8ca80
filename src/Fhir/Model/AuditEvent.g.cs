// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Event record kept for security purposes.</summary>
public partial class AuditEvent : DomainResource
{
    public override string TypeName => "AuditEvent";

    public Coding? Type { get => Get<Coding>("type"); set => Set("type", value); }

    public IList<Coding> Subtype { get => List<Coding>("subtype"); set => SetList("subtype", value); }

    public Code? ActionElement { get => Get<Code>("action"); set => Set("action", value); }

    public AuditEventAction? Action { get => EnumLiterals.Parse<AuditEventAction>(GetText("action")); set => SetText<Code>("action", EnumLiterals.Format(value)); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    public Instant? RecordedElement { get => Get<Instant>("recorded"); set => Set("recorded", value); }

    public DateTimeOffset? Recorded { get => Get<Instant>("recorded")?.Value; set => SetText<Instant>("recorded", new Instant(value).Text); }

    public Code? OutcomeElement { get => Get<Code>("outcome"); set => Set("outcome", value); }

    public AuditEventOutcome? Outcome { get => EnumLiterals.Parse<AuditEventOutcome>(GetText("outcome")); set => SetText<Code>("outcome", EnumLiterals.Format(value)); }

    public FhirString? OutcomeDescElement { get => Get<FhirString>("outcomeDesc"); set => Set("outcomeDesc", value); }

    public string? OutcomeDesc { get => GetText("outcomeDesc"); set => SetText<FhirString>("outcomeDesc", value); }

    public IList<CodeableConcept> PurposeOfEvent { get => List<CodeableConcept>("purposeOfEvent"); set => SetList("purposeOfEvent", value); }

    public IList<AgentComponent> Agent { get => List<AgentComponent>("agent"); set => SetList("agent", value); }

    public SourceComponent? Source { get => Get<SourceComponent>("source"); set => Set("source", value); }

    public IList<EntityComponent> Entity { get => List<EntityComponent>("entity"); set => SetList("entity", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/audit-event-action</summary>
    public enum AuditEventAction
    {
        [EnumLiteral("C")] C,
        [EnumLiteral("R")] R,
        [EnumLiteral("U")] U,
        [EnumLiteral("D")] D,
        [EnumLiteral("E")] E,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/network-type</summary>
    public enum AuditEventAgentNetworkType
    {
        [EnumLiteral("1")] MachineName,
        [EnumLiteral("2")] IPAddress,
        [EnumLiteral("3")] TelephoneNumber,
        [EnumLiteral("4")] EmailAddress,
        [EnumLiteral("5")] URI,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/audit-event-outcome</summary>
    public enum AuditEventOutcome
    {
        [EnumLiteral("0")] Success,
        [EnumLiteral("4")] MinorFailure,
        [EnumLiteral("8")] SeriousFailure,
        [EnumLiteral("12")] MajorFailure,
    }

    /// <summary>Actor involved in the event.</summary>
    public partial class AgentComponent : BackboneElement
    {
        public override string TypeName => "AuditEvent.agent";

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

        public IList<CodeableConcept> Role { get => List<CodeableConcept>("role"); set => SetList("role", value); }

        public ResourceReference? Who { get => Get<ResourceReference>("who"); set => Set("who", value); }

        public FhirString? AltIdElement { get => Get<FhirString>("altId"); set => Set("altId", value); }

        public string? AltId { get => GetText("altId"); set => SetText<FhirString>("altId", value); }

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public FhirBoolean? RequestorElement { get => Get<FhirBoolean>("requestor"); set => Set("requestor", value); }

        public bool? Requestor { get => Get<FhirBoolean>("requestor")?.Value; set => SetText<FhirBoolean>("requestor", new FhirBoolean(value).Text); }

        public ResourceReference? Location { get => Get<ResourceReference>("location"); set => Set("location", value); }

        public IList<FhirUri> PolicyElement { get => List<FhirUri>("policy"); set => SetList("policy", value); }

        public IList<string?> Policy { get => Texts<FhirUri>("policy"); set => SetTexts<FhirUri>("policy", value); }

        public Coding? Media { get => Get<Coding>("media"); set => Set("media", value); }

        public NetworkComponent? Network { get => Get<NetworkComponent>("network"); set => Set("network", value); }

        public IList<CodeableConcept> PurposeOfUse { get => List<CodeableConcept>("purposeOfUse"); set => SetList("purposeOfUse", value); }
    }

    /// <summary>Logical network location for application activity.</summary>
    public partial class NetworkComponent : BackboneElement
    {
        public override string TypeName => "AuditEvent.agent.network";

        public FhirString? AddressElement { get => Get<FhirString>("address"); set => Set("address", value); }

        public string? Address { get => GetText("address"); set => SetText<FhirString>("address", value); }

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public AuditEventAgentNetworkType? Type { get => EnumLiterals.Parse<AuditEventAgentNetworkType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }
    }

    /// <summary>Audit Event Reporter.</summary>
    public partial class SourceComponent : BackboneElement
    {
        public override string TypeName => "AuditEvent.source";

        public FhirString? SiteElement { get => Get<FhirString>("site"); set => Set("site", value); }

        public string? Site { get => GetText("site"); set => SetText<FhirString>("site", value); }

        public ResourceReference? Observer { get => Get<ResourceReference>("observer"); set => Set("observer", value); }

        public IList<Coding> Type { get => List<Coding>("type"); set => SetList("type", value); }
    }

    /// <summary>Data or objects used.</summary>
    public partial class EntityComponent : BackboneElement
    {
        public override string TypeName => "AuditEvent.entity";

        public ResourceReference? What { get => Get<ResourceReference>("what"); set => Set("what", value); }

        public Coding? Type { get => Get<Coding>("type"); set => Set("type", value); }

        public Coding? Role { get => Get<Coding>("role"); set => Set("role", value); }

        public Coding? Lifecycle { get => Get<Coding>("lifecycle"); set => Set("lifecycle", value); }

        public IList<Coding> SecurityLabel { get => List<Coding>("securityLabel"); set => SetList("securityLabel", value); }

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

        public Base64Binary? QueryElement { get => Get<Base64Binary>("query"); set => Set("query", value); }

        public byte[]? Query { get => Get<Base64Binary>("query")?.Value; set => SetText<Base64Binary>("query", new Base64Binary(value).Text); }

        public IList<DetailComponent> Detail { get => List<DetailComponent>("detail"); set => SetList("detail", value); }
    }

    /// <summary>Additional Information about the entity.</summary>
    public partial class DetailComponent : BackboneElement
    {
        public override string TypeName => "AuditEvent.entity.detail";

        public FhirString? TypeElement { get => Get<FhirString>("type"); set => Set("type", value); }

        public string? Type { get => GetText("type"); set => SetText<FhirString>("type", value); }

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
    }
}

