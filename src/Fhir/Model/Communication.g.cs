// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A record of information transmitted from a sender to a receiver.</summary>
public partial class Communication : DomainResource
{
    public override string TypeName => "Communication";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public IList<Canonical> InstantiatesCanonicalElement { get => List<Canonical>("instantiatesCanonical"); set => SetList("instantiatesCanonical", value); }

    public IList<string?> InstantiatesCanonical { get => Texts<Canonical>("instantiatesCanonical"); set => SetTexts<Canonical>("instantiatesCanonical", value); }

    public IList<FhirUri> InstantiatesUriElement { get => List<FhirUri>("instantiatesUri"); set => SetList("instantiatesUri", value); }

    public IList<string?> InstantiatesUri { get => Texts<FhirUri>("instantiatesUri"); set => SetTexts<FhirUri>("instantiatesUri", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ResourceReference> PartOf { get => List<ResourceReference>("partOf"); set => SetList("partOf", value); }

    public IList<ResourceReference> InResponseTo { get => List<ResourceReference>("inResponseTo"); set => SetList("inResponseTo", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public EventStatus? Status { get => EnumLiterals.Parse<EventStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public CodeableConcept? StatusReason { get => Get<CodeableConcept>("statusReason"); set => Set("statusReason", value); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public Code? PriorityElement { get => Get<Code>("priority"); set => Set("priority", value); }

    public RequestPriority? Priority { get => EnumLiterals.Parse<RequestPriority>(GetText("priority")); set => SetText<Code>("priority", EnumLiterals.Format(value)); }

    public IList<CodeableConcept> Medium { get => List<CodeableConcept>("medium"); set => SetList("medium", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public CodeableConcept? Topic { get => Get<CodeableConcept>("topic"); set => Set("topic", value); }

    public IList<ResourceReference> About { get => List<ResourceReference>("about"); set => SetList("about", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public FhirDateTime? SentElement { get => Get<FhirDateTime>("sent"); set => Set("sent", value); }

    public string? Sent { get => GetText("sent"); set => SetText<FhirDateTime>("sent", value); }

    public FhirDateTime? ReceivedElement { get => Get<FhirDateTime>("received"); set => Set("received", value); }

    public string? Received { get => GetText("received"); set => SetText<FhirDateTime>("received", value); }

    public IList<ResourceReference> Recipient { get => List<ResourceReference>("recipient"); set => SetList("recipient", value); }

    public ResourceReference? Sender { get => Get<ResourceReference>("sender"); set => Set("sender", value); }

    public IList<CodeableConcept> ReasonCode { get => List<CodeableConcept>("reasonCode"); set => SetList("reasonCode", value); }

    public IList<ResourceReference> ReasonReference { get => List<ResourceReference>("reasonReference"); set => SetList("reasonReference", value); }

    public IList<PayloadComponent> Payload { get => List<PayloadComponent>("payload"); set => SetList("payload", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    /// <summary>Message payload.</summary>
    public partial class PayloadComponent : BackboneElement
    {
        public override string TypeName => "Communication.payload";

        public DataType? Content { get => Get<DataType>("content"); set => Set("content", value); }
    }
}

