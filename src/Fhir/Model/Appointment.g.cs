// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A booking of a healthcare event among patient(s), practitioner(s), related person(s) and/or device(s) for a specific date/time. This may result in one or more Encounter(s).</summary>
public partial class Appointment : DomainResource
{
    public override string TypeName => "Appointment";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public AppointmentStatus? Status { get => EnumLiterals.Parse<AppointmentStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public CodeableConcept? CancelationReason { get => Get<CodeableConcept>("cancelationReason"); set => Set("cancelationReason", value); }

    public IList<CodeableConcept> ServiceCategory { get => List<CodeableConcept>("serviceCategory"); set => SetList("serviceCategory", value); }

    public IList<CodeableConcept> ServiceType { get => List<CodeableConcept>("serviceType"); set => SetList("serviceType", value); }

    public IList<CodeableConcept> Specialty { get => List<CodeableConcept>("specialty"); set => SetList("specialty", value); }

    public CodeableConcept? AppointmentType { get => Get<CodeableConcept>("appointmentType"); set => Set("appointmentType", value); }

    public IList<CodeableConcept> ReasonCode { get => List<CodeableConcept>("reasonCode"); set => SetList("reasonCode", value); }

    public IList<ResourceReference> ReasonReference { get => List<ResourceReference>("reasonReference"); set => SetList("reasonReference", value); }

    public UnsignedInt? PriorityElement { get => Get<UnsignedInt>("priority"); set => Set("priority", value); }

    public int? Priority { get => Get<UnsignedInt>("priority")?.Value; set => SetText<UnsignedInt>("priority", new UnsignedInt(value).Text); }

    public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

    public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

    public IList<ResourceReference> SupportingInformation { get => List<ResourceReference>("supportingInformation"); set => SetList("supportingInformation", value); }

    public Instant? StartElement { get => Get<Instant>("start"); set => Set("start", value); }

    public DateTimeOffset? Start { get => Get<Instant>("start")?.Value; set => SetText<Instant>("start", new Instant(value).Text); }

    public Instant? EndElement { get => Get<Instant>("end"); set => Set("end", value); }

    public DateTimeOffset? End { get => Get<Instant>("end")?.Value; set => SetText<Instant>("end", new Instant(value).Text); }

    public PositiveInt? MinutesDurationElement { get => Get<PositiveInt>("minutesDuration"); set => Set("minutesDuration", value); }

    public int? MinutesDuration { get => Get<PositiveInt>("minutesDuration")?.Value; set => SetText<PositiveInt>("minutesDuration", new PositiveInt(value).Text); }

    public IList<ResourceReference> Slot { get => List<ResourceReference>("slot"); set => SetList("slot", value); }

    public FhirDateTime? CreatedElement { get => Get<FhirDateTime>("created"); set => Set("created", value); }

    public string? Created { get => GetText("created"); set => SetText<FhirDateTime>("created", value); }

    public FhirString? CommentElement { get => Get<FhirString>("comment"); set => Set("comment", value); }

    public string? Comment { get => GetText("comment"); set => SetText<FhirString>("comment", value); }

    public FhirString? PatientInstructionElement { get => Get<FhirString>("patientInstruction"); set => Set("patientInstruction", value); }

    public string? PatientInstruction { get => GetText("patientInstruction"); set => SetText<FhirString>("patientInstruction", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ParticipantComponent> Participant { get => List<ParticipantComponent>("participant"); set => SetList("participant", value); }

    public IList<Period> RequestedPeriod { get => List<Period>("requestedPeriod"); set => SetList("requestedPeriod", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/appointmentstatus</summary>
    public enum AppointmentStatus
    {
        [EnumLiteral("proposed")] Proposed,
        [EnumLiteral("pending")] Pending,
        [EnumLiteral("booked")] Booked,
        [EnumLiteral("arrived")] Arrived,
        [EnumLiteral("fulfilled")] Fulfilled,
        [EnumLiteral("cancelled")] Cancelled,
        [EnumLiteral("noshow")] Noshow,
        [EnumLiteral("entered-in-error")] EnteredInError,
        [EnumLiteral("checked-in")] CheckedIn,
        [EnumLiteral("waitlist")] Waitlist,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/participantrequired</summary>
    public enum ParticipantRequired
    {
        [EnumLiteral("required")] Required,
        [EnumLiteral("optional")] Optional,
        [EnumLiteral("information-only")] InformationOnly,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/participationstatus</summary>
    public enum ParticipationStatus
    {
        [EnumLiteral("accepted")] Accepted,
        [EnumLiteral("declined")] Declined,
        [EnumLiteral("tentative")] Tentative,
        [EnumLiteral("needs-action")] NeedsAction,
    }

    /// <summary>Participants involved in appointment.</summary>
    public partial class ParticipantComponent : BackboneElement
    {
        public override string TypeName => "Appointment.participant";

        public IList<CodeableConcept> Type { get => List<CodeableConcept>("type"); set => SetList("type", value); }

        public ResourceReference? Actor { get => Get<ResourceReference>("actor"); set => Set("actor", value); }

        public Code? RequiredElement { get => Get<Code>("required"); set => Set("required", value); }

        public ParticipantRequired? Required { get => EnumLiterals.Parse<ParticipantRequired>(GetText("required")); set => SetText<Code>("required", EnumLiterals.Format(value)); }

        public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

        public ParticipationStatus? Status { get => EnumLiterals.Parse<ParticipationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }
    }
}

