// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A resource that describes a message that is exchanged between systems.</summary>
public partial class MessageHeader : DomainResource
{
    public override string TypeName => "MessageHeader";

    public DataType? Event { get => Get<DataType>("event"); set => Set("event", value); }

    public IList<MessageDestinationComponent> Destination { get => List<MessageDestinationComponent>("destination"); set => SetList("destination", value); }

    public ResourceReference? Sender { get => Get<ResourceReference>("sender"); set => Set("sender", value); }

    public ResourceReference? Enterer { get => Get<ResourceReference>("enterer"); set => Set("enterer", value); }

    public ResourceReference? Author { get => Get<ResourceReference>("author"); set => Set("author", value); }

    public MessageSourceComponent? Source { get => Get<MessageSourceComponent>("source"); set => Set("source", value); }

    public ResourceReference? Responsible { get => Get<ResourceReference>("responsible"); set => Set("responsible", value); }

    public CodeableConcept? Reason { get => Get<CodeableConcept>("reason"); set => Set("reason", value); }

    public ResponseComponent? Response { get => Get<ResponseComponent>("response"); set => Set("response", value); }

    public IList<ResourceReference> Focus { get => List<ResourceReference>("focus"); set => SetList("focus", value); }

    public Canonical? DefinitionElement { get => Get<Canonical>("definition"); set => Set("definition", value); }

    public string? Definition { get => GetText("definition"); set => SetText<Canonical>("definition", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/response-code</summary>
    public enum ResponseType
    {
        [EnumLiteral("ok")] Ok,
        [EnumLiteral("transient-error")] TransientError,
        [EnumLiteral("fatal-error")] FatalError,
    }

    /// <summary>Message destination application(s).</summary>
    public partial class MessageDestinationComponent : BackboneElement
    {
        public override string TypeName => "MessageHeader.destination";

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public ResourceReference? Target { get => Get<ResourceReference>("target"); set => Set("target", value); }

        public FhirUrl? EndpointElement { get => Get<FhirUrl>("endpoint"); set => Set("endpoint", value); }

        public string? Endpoint { get => GetText("endpoint"); set => SetText<FhirUrl>("endpoint", value); }

        public ResourceReference? Receiver { get => Get<ResourceReference>("receiver"); set => Set("receiver", value); }
    }

    /// <summary>Message source application.</summary>
    public partial class MessageSourceComponent : BackboneElement
    {
        public override string TypeName => "MessageHeader.source";

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public FhirString? SoftwareElement { get => Get<FhirString>("software"); set => Set("software", value); }

        public string? Software { get => GetText("software"); set => SetText<FhirString>("software", value); }

        public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

        public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

        public ContactPoint? Contact { get => Get<ContactPoint>("contact"); set => Set("contact", value); }

        public FhirUrl? EndpointElement { get => Get<FhirUrl>("endpoint"); set => Set("endpoint", value); }

        public string? Endpoint { get => GetText("endpoint"); set => SetText<FhirUrl>("endpoint", value); }
    }

    /// <summary>If this is a reply to prior message.</summary>
    public partial class ResponseComponent : BackboneElement
    {
        public override string TypeName => "MessageHeader.response";

        public Id? IdentifierElement { get => Get<Id>("identifier"); set => Set("identifier", value); }

        public string? Identifier { get => GetText("identifier"); set => SetText<Id>("identifier", value); }

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public ResponseType? Code { get => EnumLiterals.Parse<ResponseType>(GetText("code")); set => SetText<Code>("code", EnumLiterals.Format(value)); }

        public ResourceReference? Details { get => Get<ResourceReference>("details"); set => Set("details", value); }
    }
}

