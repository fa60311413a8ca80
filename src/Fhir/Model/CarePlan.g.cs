// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Healthcare plan for patient or group.</summary>
public partial class CarePlan : DomainResource
{
    public override string TypeName => "CarePlan";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public IList<Canonical> InstantiatesCanonicalElement { get => List<Canonical>("instantiatesCanonical"); set => SetList("instantiatesCanonical", value); }

    public IList<string?> InstantiatesCanonical { get => Texts<Canonical>("instantiatesCanonical"); set => SetTexts<Canonical>("instantiatesCanonical", value); }

    public IList<FhirUri> InstantiatesUriElement { get => List<FhirUri>("instantiatesUri"); set => SetList("instantiatesUri", value); }

    public IList<string?> InstantiatesUri { get => Texts<FhirUri>("instantiatesUri"); set => SetTexts<FhirUri>("instantiatesUri", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ResourceReference> Replaces { get => List<ResourceReference>("replaces"); set => SetList("replaces", value); }

    public IList<ResourceReference> PartOf { get => List<ResourceReference>("partOf"); set => SetList("partOf", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public RequestStatus? Status { get => EnumLiterals.Parse<RequestStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public Code? IntentElement { get => Get<Code>("intent"); set => Set("intent", value); }

    public CarePlanIntent? Intent { get => EnumLiterals.Parse<CarePlanIntent>(GetText("intent")); set => SetText<Code>("intent", EnumLiterals.Format(value)); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public FhirString? TitleElement { get => Get<FhirString>("title"); set => Set("title", value); }

    public string? Title { get => GetText("title"); set => SetText<FhirString>("title", value); }

    public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

    public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    public FhirDateTime? CreatedElement { get => Get<FhirDateTime>("created"); set => Set("created", value); }

    public string? Created { get => GetText("created"); set => SetText<FhirDateTime>("created", value); }

    public ResourceReference? Author { get => Get<ResourceReference>("author"); set => Set("author", value); }

    public IList<ResourceReference> Contributor { get => List<ResourceReference>("contributor"); set => SetList("contributor", value); }

    public IList<ResourceReference> CareTeam { get => List<ResourceReference>("careTeam"); set => SetList("careTeam", value); }

    public IList<ResourceReference> Addresses { get => List<ResourceReference>("addresses"); set => SetList("addresses", value); }

    public IList<ResourceReference> SupportingInfo { get => List<ResourceReference>("supportingInfo"); set => SetList("supportingInfo", value); }

    public IList<ResourceReference> Goal { get => List<ResourceReference>("goal"); set => SetList("goal", value); }

    public IList<ActivityComponent> Activity { get => List<ActivityComponent>("activity"); set => SetList("activity", value); }

    public IList<Annotation> Note { get => List<Annotation>("note"); set => SetList("note", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/care-plan-activity-kind</summary>
    public enum CarePlanActivityKind
    {
        [EnumLiteral("Appointment")] Appointment,
        [EnumLiteral("CommunicationRequest")] CommunicationRequest,
        [EnumLiteral("DeviceRequest")] DeviceRequest,
        [EnumLiteral("MedicationRequest")] MedicationRequest,
        [EnumLiteral("NutritionOrder")] NutritionOrder,
        [EnumLiteral("Task")] Task,
        [EnumLiteral("ServiceRequest")] ServiceRequest,
        [EnumLiteral("VisionPrescription")] VisionPrescription,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/care-plan-activity-status</summary>
    public enum CarePlanActivityStatus
    {
        [EnumLiteral("not-started")] NotStarted,
        [EnumLiteral("scheduled")] Scheduled,
        [EnumLiteral("in-progress")] InProgress,
        [EnumLiteral("on-hold")] OnHold,
        [EnumLiteral("completed")] Completed,
        [EnumLiteral("cancelled")] Cancelled,
        [EnumLiteral("stopped")] Stopped,
        [EnumLiteral("unknown")] Unknown,
        [EnumLiteral("entered-in-error")] EnteredInError,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/care-plan-intent</summary>
    public enum CarePlanIntent
    {
        [EnumLiteral("proposal")] Proposal,
        [EnumLiteral("plan")] Plan,
        [EnumLiteral("order")] Order,
        [EnumLiteral("option")] Option,
    }

    /// <summary>Action to occur as part of plan.</summary>
    public partial class ActivityComponent : BackboneElement
    {
        public override string TypeName => "CarePlan.activity";

        public IList<CodeableConcept> OutcomeCodeableConcept { get => List<CodeableConcept>("outcomeCodeableConcept"); set => SetList("outcomeCodeableConcept", value); }

        public IList<ResourceReference> OutcomeReference { get => List<ResourceReference>("outcomeReference"); set => SetList("outcomeReference", value); }

        public IList<Annotation> Progress { get => List<Annotation>("progress"); set => SetList("progress", value); }

        public ResourceReference? Reference { get => Get<ResourceReference>("reference"); set => Set("reference", value); }

        public DetailComponent? Detail { get => Get<DetailComponent>("detail"); set => Set("detail", value); }
    }

    /// <summary>In-line definition of activity.</summary>
    public partial class DetailComponent : BackboneElement
    {
        public override string TypeName => "CarePlan.activity.detail";

        public Code? KindElement { get => Get<Code>("kind"); set => Set("kind", value); }

        public CarePlanActivityKind? Kind { get => EnumLiterals.Parse<CarePlanActivityKind>(GetText("kind")); set => SetText<Code>("kind", EnumLiterals.Format(value)); }

        public IList<Canonical> InstantiatesCanonicalElement { get => List<Canonical>("instantiatesCanonical"); set => SetList("instantiatesCanonical", value); }

        public IList<string?> InstantiatesCanonical { get => Texts<Canonical>("instantiatesCanonical"); set => SetTexts<Canonical>("instantiatesCanonical", value); }

        public IList<FhirUri> InstantiatesUriElement { get => List<FhirUri>("instantiatesUri"); set => SetList("instantiatesUri", value); }

        public IList<string?> InstantiatesUri { get => Texts<FhirUri>("instantiatesUri"); set => SetTexts<FhirUri>("instantiatesUri", value); }

        public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

        public IList<CodeableConcept> ReasonCode { get => List<CodeableConcept>("reasonCode"); set => SetList("reasonCode", value); }

        public IList<ResourceReference> ReasonReference { get => List<ResourceReference>("reasonReference"); set => SetList("reasonReference", value); }

        public IList<ResourceReference> Goal { get => List<ResourceReference>("goal"); set => SetList("goal", value); }

        public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

        public CarePlanActivityStatus? Status { get => EnumLiterals.Parse<CarePlanActivityStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

        public CodeableConcept? StatusReason { get => Get<CodeableConcept>("statusReason"); set => Set("statusReason", value); }

        public FhirBoolean? DoNotPerformElement { get => Get<FhirBoolean>("doNotPerform"); set => Set("doNotPerform", value); }

        public bool? DoNotPerform { get => Get<FhirBoolean>("doNotPerform")?.Value; set => SetText<FhirBoolean>("doNotPerform", new FhirBoolean(value).Text); }

        public DataType? Scheduled { get => Get<DataType>("scheduled"); set => Set("scheduled", value); }

        public ResourceReference? Location { get => Get<ResourceReference>("location"); set => Set("location", value); }

        public IList<ResourceReference> Performer { get => List<ResourceReference>("performer"); set => SetList("performer", value); }

        public DataType? Product { get => Get<DataType>("product"); set => Set("product", value); }

        public Quantity? DailyAmount { get => Get<Quantity>("dailyAmount"); set => Set("dailyAmount", value); }

        public Quantity? Quantity { get => Get<Quantity>("quantity"); set => Set("quantity", value); }

        public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }
    }
}

