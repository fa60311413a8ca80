// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A request for information to be sent to a receiver.</summary>
public partial class CommunicationRequest : DomainResource
{
    public override string TypeName => "CommunicationRequest";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ResourceReference> Replaces { get => List<ResourceReference>("replaces"); set => SetList("replaces", value); }

    public Identifier? GroupIdentifier { get => Get<Identifier>("groupIdentifier"); set => Set("groupIdentifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public RequestStatus? Status { get => EnumLiterals.Parse<RequestStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public CodeableConcept? StatusReason { get => Get<CodeableConcept>("statusReason"); set => Set("statusReason", value); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public Code? PriorityElement { get => Get<Code>("priority"); set => Set("priority", value); }

    public RequestPriority? Priority { get => EnumLiterals.Parse<RequestPriority>(GetText("priority")); set => SetText<Code>("priority", EnumLiterals.Format(value)); }

    public FhirBoolean? DoNotPerformElement { get => Get<FhirBoolean>("doNotPerform"); set => Set("doNotPerform", value); }

    public bool? DoNotPerform { get => Get<FhirBoolean>("doNotPerform")?.Value; set => SetText<FhirBoolean>("doNotPerform", new FhirBoolean(value).Text); }

    public IList<CodeableConcept> Medium { get => List<CodeableConcept>("medium"); set => SetList("medium", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public IList<ResourceReference> About { get => List<ResourceReference>("about"); set => SetList("about", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public IList<PayloadComponent> Payload { get => List<PayloadComponent>("payload"); set => SetList("payload", value); }

    public DataType? Occurrence { get => Get<DataType>("occurrence"); set => Set("occurrence", value); }

    public FhirDateTime? AuthoredOnElement { get => Get<FhirDateTime>("authoredOn"); set => Set("authoredOn", value); }

    public string? AuthoredOn { get => GetText("authoredOn"); set => SetText<FhirDateTime>("authoredOn", value); }

    public ResourceReference? Requester { get => Get<ResourceReference>("requester"); set => Set("requester", value); }

    public IList<ResourceReference> Recipient { get => List<ResourceReference>("recipient"); set => SetList("recipient", value); }

    public ResourceReference? Sender { get => Get<ResourceReference>("sender"); set => Set("sender", value); }

    public IList<CodeableConcept> ReasonCode { get => List<CodeableConcept>("reasonCode"); set => SetList("reasonCode", value); }

    public IList<ResourceReference> ReasonReference { get => List<ResourceReference>("reasonReference"); set => SetList("reasonReference", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    /// <summary>Message payload.</summary>
    public partial class PayloadComponent : BackboneElement
    {
        public override string TypeName => "CommunicationRequest.payload";

        public DataType? Content { get => Get<DataType>("content"); set => Set("content", value); }
    }
}

