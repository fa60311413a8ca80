// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A request for a service to be performed.</summary>
public partial class ServiceRequest : DomainResource
{
    public override string TypeName => "ServiceRequest";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public IList<Canonical> InstantiatesCanonicalElement { get => List<Canonical>("instantiatesCanonical"); set => SetList("instantiatesCanonical", value); }

    public IList<string?> InstantiatesCanonical { get => Texts<Canonical>("instantiatesCanonical"); set => SetTexts<Canonical>("instantiatesCanonical", value); }

    public IList<FhirUri> InstantiatesUriElement { get => List<FhirUri>("instantiatesUri"); set => SetList("instantiatesUri", value); }

    public IList<string?> InstantiatesUri { get => Texts<FhirUri>("instantiatesUri"); set => SetTexts<FhirUri>("instantiatesUri", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ResourceReference> Replaces { get => List<ResourceReference>("replaces"); set => SetList("replaces", value); }

    public Identifier? Requisition { get => Get<Identifier>("requisition"); set => Set("requisition", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public RequestStatus? Status { get => EnumLiterals.Parse<RequestStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public Code? IntentElement { get => Get<Code>("intent"); set => Set("intent", value); }

    public RequestIntent? Intent { get => EnumLiterals.Parse<RequestIntent>(GetText("intent")); set => SetText<Code>("intent", EnumLiterals.Format(value)); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public Code? PriorityElement { get => Get<Code>("priority"); set => Set("priority", value); }

    public RequestPriority? Priority { get => EnumLiterals.Parse<RequestPriority>(GetText("priority")); set => SetText<Code>("priority", EnumLiterals.Format(value)); }

    public FhirBoolean? DoNotPerformElement { get => Get<FhirBoolean>("doNotPerform"); set => Set("doNotPerform", value); }

    public bool? DoNotPerform { get => Get<FhirBoolean>("doNotPerform")?.Value; set => SetText<FhirBoolean>("doNotPerform", new FhirBoolean(value).Text); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    public IList<CodeableConcept> OrderDetail { get => List<CodeableConcept>("orderDetail"); set => SetList("orderDetail", value); }

    public DataType? Quantity { get => Get<DataType>("quantity"); set => Set("quantity", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public DataType? Occurrence { get => Get<DataType>("occurrence"); set => Set("occurrence", value); }

    public DataType? AsNeeded { get => Get<DataType>("asNeeded"); set => Set("asNeeded", value); }

    public FhirDateTime? AuthoredOnElement { get => Get<FhirDateTime>("authoredOn"); set => Set("authoredOn", value); }

    public string? AuthoredOn { get => GetText("authoredOn"); set => SetText<FhirDateTime>("authoredOn", value); }

    public ResourceReference? Requester { get => Get<ResourceReference>("requester"); set => Set("requester", value); }

    public CodeableConcept? PerformerType { get => Get<CodeableConcept>("performerType"); set => Set("performerType", value); }

    public IList<ResourceReference> Performer { get => List<ResourceReference>("performer"); set => SetList("performer", value); }

    public IList<CodeableConcept> LocationCode { get => List<CodeableConcept>("locationCode"); set => SetList("locationCode", value); }

    public IList<ResourceReference> LocationReference { get => List<ResourceReference>("locationReference"); set => SetList("locationReference", value); }

    public IList<CodeableConcept> ReasonCode { get => List<CodeableConcept>("reasonCode"); set => SetList("reasonCode", value); }

    public IList<ResourceReference> ReasonReference { get => List<ResourceReference>("reasonReference"); set => SetList("reasonReference", value); }

    public IList<ResourceReference> Insurance { get => List<ResourceReference>("insurance"); set => SetList("insurance", value); }

    public IList<ResourceReference> SupportingInfo { get => List<ResourceReference>("supportingInfo"); set => SetList("supportingInfo", value); }

    public IList<ResourceReference> Specimen { get => List<ResourceReference>("specimen"); set => SetList("specimen", value); }

    public IList<CodeableConcept> BodySite { get => List<CodeableConcept>("bodySite"); set => SetList("bodySite", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    public FhirString? PatientInstructionElement { get => Get<FhirString>("patientInstruction"); set => Set("patientInstruction", value); }

    public string? PatientInstruction { get => GetText("patientInstruction"); set => SetText<FhirString>("patientInstruction", value); }

    public IList<ResourceReference> RelevantHistory { get => List<ResourceReference>("relevantHistory"); set => SetList("relevantHistory", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/request-intent</summary>
    public enum RequestIntent
    {
        [EnumLiteral("proposal")] Proposal,
        [EnumLiteral("plan")] Plan,
        [EnumLiteral("directive")] Directive,
        [EnumLiteral("order")] Order,
        [EnumLiteral("original-order")] OriginalOrder,
        [EnumLiteral("reflex-order")] ReflexOrder,
        [EnumLiteral("filler-order")] FillerOrder,
        [EnumLiteral("instance-order")] InstanceOrder,
        [EnumLiteral("option")] Option,
    }
}

