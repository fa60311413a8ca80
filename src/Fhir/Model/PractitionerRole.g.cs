// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Roles/organizations the practitioner is associated with.</summary>
public partial class PractitionerRole : DomainResource
{
    public override string TypeName => "PractitionerRole";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public FhirBoolean? ActiveElement { get => Get<FhirBoolean>("active"); set => Set("active", value); }

    public bool? Active { get => Get<FhirBoolean>("active")?.Value; set => SetText<FhirBoolean>("active", new FhirBoolean(value).Text); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    public ResourceReference? Practitioner { get => Get<ResourceReference>("practitioner"); set => Set("practitioner", value); }

    public ResourceReference? Organization { get => Get<ResourceReference>("organization"); set => Set("organization", value); }

    public IList<CodeableConcept> Code { get => List<CodeableConcept>("code"); set => SetList("code", value); }

    public IList<CodeableConcept> Specialty { get => List<CodeableConcept>("specialty"); set => SetList("specialty", value); }

    public IList<ResourceReference> Location { get => List<ResourceReference>("location"); set => SetList("location", value); }

    public IList<ResourceReference> HealthcareService { get => List<ResourceReference>("healthcareService"); set => SetList("healthcareService", value); }

    public IList<ContactPoint> Telecom { get => List<ContactPoint>("telecom"); set => SetList("telecom", value); }

    public IList<AvailableTimeComponent> AvailableTime { get => List<AvailableTimeComponent>("availableTime"); set => SetList("availableTime", value); }

    public IList<NotAvailableComponent> NotAvailable { get => List<NotAvailableComponent>("notAvailable"); set => SetList("notAvailable", value); }

    public FhirString? AvailabilityExceptionsElement { get => Get<FhirString>("availabilityExceptions"); set => Set("availabilityExceptions", value); }

    public string? AvailabilityExceptions { get => GetText("availabilityExceptions"); set => SetText<FhirString>("availabilityExceptions", value); }

    public IList<ResourceReference> Endpoint { get => List<ResourceReference>("endpoint"); set => SetList("endpoint", value); }

    /// <summary>Times the Service Site is available.</summary>
    public partial class AvailableTimeComponent : BackboneElement
    {
        public override string TypeName => "PractitionerRole.availableTime";

        public IList<Code> DaysOfWeekElement { get => List<Code>("daysOfWeek"); set => SetList("daysOfWeek", value); }

        public IList<string?> DaysOfWeek { get => Texts<Code>("daysOfWeek"); set => SetTexts<Code>("daysOfWeek", value); }

        public FhirBoolean? AllDayElement { get => Get<FhirBoolean>("allDay"); set => Set("allDay", value); }

        public bool? AllDay { get => Get<FhirBoolean>("allDay")?.Value; set => SetText<FhirBoolean>("allDay", new FhirBoolean(value).Text); }

        public Time? AvailableStartTimeElement { get => Get<Time>("availableStartTime"); set => Set("availableStartTime", value); }

        public string? AvailableStartTime { get => GetText("availableStartTime"); set => SetText<Time>("availableStartTime", value); }

        public Time? AvailableEndTimeElement { get => Get<Time>("availableEndTime"); set => Set("availableEndTime", value); }

        public string? AvailableEndTime { get => GetText("availableEndTime"); set => SetText<Time>("availableEndTime", value); }
    }

    /// <summary>Not available during this time due to provided reason.</summary>
    public partial class NotAvailableComponent : BackboneElement
    {
        public override string TypeName => "PractitionerRole.notAvailable";

        public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

        public Period? During { get => Get<Period>("during"); set => Set("during", value); }
    }
}

