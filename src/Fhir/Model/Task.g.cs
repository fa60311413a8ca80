// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A task to be performed.</summary>
public partial class Task : DomainResource
{
    public override string TypeName => "Task";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public Canonical? InstantiatesCanonicalElement { get => Get<Canonical>("instantiatesCanonical"); set => Set("instantiatesCanonical", value); }

    public string? InstantiatesCanonical { get => GetText("instantiatesCanonical"); set => SetText<Canonical>("instantiatesCanonical", value); }

    public FhirUri? InstantiatesUriElement { get => Get<FhirUri>("instantiatesUri"); set => Set("instantiatesUri", value); }

    public string? InstantiatesUri { get => GetText("instantiatesUri"); set => SetText<FhirUri>("instantiatesUri", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public Identifier? GroupIdentifier { get => Get<Identifier>("groupIdentifier"); set => Set("groupIdentifier", value); }

    public IList<ResourceReference> PartOf { get => List<ResourceReference>("partOf"); set => SetList("partOf", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public TaskStatus? Status { get => EnumLiterals.Parse<TaskStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public CodeableConcept? StatusReason { get => Get<CodeableConcept>("statusReason"); set => Set("statusReason", value); }

    public CodeableConcept? BusinessStatus { get => Get<CodeableConcept>("businessStatus"); set => Set("businessStatus", value); }

    public Code? IntentElement { get => Get<Code>("intent"); set => Set("intent", value); }

    public TaskIntent? Intent { get => EnumLiterals.Parse<TaskIntent>(GetText("intent")); set => SetText<Code>("intent", EnumLiterals.Format(value)); }

    public Code? PriorityElement { get => Get<Code>("priority"); set => Set("priority", value); }

    public RequestPriority? Priority { get => EnumLiterals.Parse<RequestPriority>(GetText("priority")); set => SetText<Code>("priority", EnumLiterals.Format(value)); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

    public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

    public ResourceReference? Focus { get => Get<ResourceReference>("focus"); set => Set("focus", value); }

    public ResourceReference? For { get => Get<ResourceReference>("for"); set => Set("for", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public Period? ExecutionPeriod { get => Get<Period>("executionPeriod"); set => Set("executionPeriod", value); }

    public FhirDateTime? AuthoredOnElement { get => Get<FhirDateTime>("authoredOn"); set => Set("authoredOn", value); }

    public string? AuthoredOn { get => GetText("authoredOn"); set => SetText<FhirDateTime>("authoredOn", value); }

    public FhirDateTime? LastModifiedElement { get => Get<FhirDateTime>("lastModified"); set => Set("lastModified", value); }

    public string? LastModified { get => GetText("lastModified"); set => SetText<FhirDateTime>("lastModified", value); }

    public ResourceReference? Requester { get => Get<ResourceReference>("requester"); set => Set("requester", value); }

    public IList<CodeableConcept> PerformerType { get => List<CodeableConcept>("performerType"); set => SetList("performerType", value); }

    public ResourceReference? Owner { get => Get<ResourceReference>("owner"); set => Set("owner", value); }

    public ResourceReference? Location { get => Get<ResourceReference>("location"); set => Set("location", value); }

    public CodeableConcept? ReasonCode { get => Get<CodeableConcept>("reasonCode"); set => Set("reasonCode", value); }

    public ResourceReference? ReasonReference { get => Get<ResourceReference>("reasonReference"); set => Set("reasonReference", value); }

    public IList<ResourceReference> Insurance { get => List<ResourceReference>("insurance"); set => SetList("insurance", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    public IList<ResourceReference> RelevantHistory { get => List<ResourceReference>("relevantHistory"); set => SetList("relevantHistory", value); }

    public RestrictionComponent? Restriction { get => Get<RestrictionComponent>("restriction"); set => Set("restriction", value); }

    public IList<ParameterComponent> Input { get => List<ParameterComponent>("input"); set => SetList("input", value); }

    public IList<OutputComponent> Output { get => List<OutputComponent>("output"); set => SetList("output", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/task-intent</summary>
    public enum TaskIntent
    {
        [EnumLiteral("unknown")] Unknown,
        [EnumLiteral("proposal")] Proposal,
        [EnumLiteral("plan")] Plan,
        [EnumLiteral("order")] Order,
        [EnumLiteral("original-order")] OriginalOrder,
        [EnumLiteral("reflex-order")] ReflexOrder,
        [EnumLiteral("filler-order")] FillerOrder,
        [EnumLiteral("instance-order")] InstanceOrder,
        [EnumLiteral("option")] Option,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/task-status</summary>
    public enum TaskStatus
    {
        [EnumLiteral("draft")] Draft,
        [EnumLiteral("requested")] Requested,
        [EnumLiteral("received")] Received,
        [EnumLiteral("accepted")] Accepted,
        [EnumLiteral("rejected")] Rejected,
        [EnumLiteral("ready")] Ready,
        [EnumLiteral("cancelled")] Cancelled,
        [EnumLiteral("in-progress")] InProgress,
        [EnumLiteral("on-hold")] OnHold,
        [EnumLiteral("failed")] Failed,
        [EnumLiteral("completed")] Completed,
        [EnumLiteral("entered-in-error")] EnteredInError,
    }

    /// <summary>Constraints on fulfillment tasks.</summary>
    public partial class RestrictionComponent : BackboneElement
    {
        public override string TypeName => "Task.restriction";

        public PositiveInt? RepetitionsElement { get => Get<PositiveInt>("repetitions"); set => Set("repetitions", value); }

        public int? Repetitions { get => Get<PositiveInt>("repetitions")?.Value; set => SetText<PositiveInt>("repetitions", new PositiveInt(value).Text); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

        public IList<ResourceReference> Recipient { get => List<ResourceReference>("recipient"); set => SetList("recipient", value); }
    }

    /// <summary>Information used to perform task.</summary>
    public partial class ParameterComponent : BackboneElement
    {
        public override string TypeName => "Task.input";

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
    }

    /// <summary>Information produced as part of task.</summary>
    public partial class OutputComponent : BackboneElement
    {
        public override string TypeName => "Task.output";

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
    }
}

