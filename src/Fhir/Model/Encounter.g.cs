// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>An interaction during which services are provided to the patient.</summary>
public partial class Encounter : DomainResource
{
    public override string TypeName => "Encounter";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public EncounterStatus? Status { get => EnumLiterals.Parse<EncounterStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public IList<StatusHistoryComponent> StatusHistory { get => List<StatusHistoryComponent>("statusHistory"); set => SetList("statusHistory", value); }

    public Coding? Class { get => Get<Coding>("class"); set => Set("class", value); }

    public IList<ClassHistoryComponent> ClassHistory { get => List<ClassHistoryComponent>("classHistory"); set => SetList("classHistory", value); }

    public IList<CodeableConcept> Type { get => List<CodeableConcept>("type"); set => SetList("type", value); }

    public CodeableConcept? ServiceType { get => Get<CodeableConcept>("serviceType"); set => Set("serviceType", value); }

    public CodeableConcept? Priority { get => Get<CodeableConcept>("priority"); set => Set("priority", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public IList<ResourceReference> EpisodeOfCare { get => List<ResourceReference>("episodeOfCare"); set => SetList("episodeOfCare", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ParticipantComponent> Participant { get => List<ParticipantComponent>("participant"); set => SetList("participant", value); }

    public IList<ResourceReference> Appointment { get => List<ResourceReference>("appointment"); set => SetList("appointment", value); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    public Duration? Length { get => Get<Duration>("length"); set => Set("length", value); }

    public IList<CodeableConcept> ReasonCode { get => List<CodeableConcept>("reasonCode"); set => SetList("reasonCode", value); }

    public IList<ResourceReference> ReasonReference { get => List<ResourceReference>("reasonReference"); set => SetList("reasonReference", value); }

    public IList<DiagnosisComponent> Diagnosis { get => List<DiagnosisComponent>("diagnosis"); set => SetList("diagnosis", value); }

    public IList<ResourceReference> Account { get => List<ResourceReference>("account"); set => SetList("account", value); }

    public HospitalizationComponent? Hospitalization { get => Get<HospitalizationComponent>("hospitalization"); set => Set("hospitalization", value); }

    public IList<LocationComponent> Location { get => List<LocationComponent>("location"); set => SetList("location", value); }

    public ResourceReference? ServiceProvider { get => Get<ResourceReference>("serviceProvider"); set => Set("serviceProvider", value); }

    public ResourceReference? PartOf { get => Get<ResourceReference>("partOf"); set => Set("partOf", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/encounter-location-status</summary>
    public enum EncounterLocationStatus
    {
        [EnumLiteral("planned")] Planned,
        [EnumLiteral("active")] Active,
        [EnumLiteral("reserved")] Reserved,
        [EnumLiteral("completed")] Completed,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/encounter-status</summary>
    public enum EncounterStatus
    {
        [EnumLiteral("planned")] Planned,
        [EnumLiteral("arrived")] Arrived,
        [EnumLiteral("triaged")] Triaged,
        [EnumLiteral("in-progress")] InProgress,
        [EnumLiteral("onleave")] Onleave,
        [EnumLiteral("finished")] Finished,
        [EnumLiteral("cancelled")] Cancelled,
        [EnumLiteral("entered-in-error")] EnteredInError,
        [EnumLiteral("unknown")] Unknown,
    }

    /// <summary>List of past encounter statuses.</summary>
    public partial class StatusHistoryComponent : BackboneElement
    {
        public override string TypeName => "Encounter.statusHistory";

        public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

        public EncounterStatus? Status { get => EnumLiterals.Parse<EncounterStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }
    }

    /// <summary>List of past encounter classes.</summary>
    public partial class ClassHistoryComponent : BackboneElement
    {
        public override string TypeName => "Encounter.classHistory";

        public Coding? Class { get => Get<Coding>("class"); set => Set("class", value); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }
    }

    /// <summary>List of participants involved in the encounter.</summary>
    public partial class ParticipantComponent : BackboneElement
    {
        public override string TypeName => "Encounter.participant";

        public IList<CodeableConcept> Type { get => List<CodeableConcept>("type"); set => SetList("type", value); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

        public ResourceReference? Individual { get => Get<ResourceReference>("individual"); set => Set("individual", value); }
    }

    /// <summary>The list of diagnosis relevant to this encounter.</summary>
    public partial class DiagnosisComponent : BackboneElement
    {
        public override string TypeName => "Encounter.diagnosis";

        public ResourceReference? Condition { get => Get<ResourceReference>("condition"); set => Set("condition", value); }

        public CodeableConcept? Use { get => Get<CodeableConcept>("use"); set => Set("use", value); }

        public PositiveInt? RankElement { get => Get<PositiveInt>("rank"); set => Set("rank", value); }

        public int? Rank { get => Get<PositiveInt>("rank")?.Value; set => SetText<PositiveInt>("rank", new PositiveInt(value).Text); }
    }

    /// <summary>Details about the admission to a healthcare service.</summary>
    public partial class HospitalizationComponent : BackboneElement
    {
        public override string TypeName => "Encounter.hospitalization";

        public Identifier? PreAdmissionIdentifier { get => Get<Identifier>("preAdmissionIdentifier"); set => Set("preAdmissionIdentifier", value); }

        public ResourceReference? Origin { get => Get<ResourceReference>("origin"); set => Set("origin", value); }

        public CodeableConcept? AdmitSource { get => Get<CodeableConcept>("admitSource"); set => Set("admitSource", value); }

        public CodeableConcept? ReAdmission { get => Get<CodeableConcept>("reAdmission"); set => Set("reAdmission", value); }

        public IList<CodeableConcept> DietPreference { get => List<CodeableConcept>("dietPreference"); set => SetList("dietPreference", value); }

        public IList<CodeableConcept> SpecialCourtesy { get => List<CodeableConcept>("specialCourtesy"); set => SetList("specialCourtesy", value); }

        public IList<CodeableConcept> SpecialArrangement { get => List<CodeableConcept>("specialArrangement"); set => SetList("specialArrangement", value); }

        public ResourceReference? Destination { get => Get<ResourceReference>("destination"); set => Set("destination", value); }

        public CodeableConcept? DischargeDisposition { get => Get<CodeableConcept>("dischargeDisposition"); set => Set("dischargeDisposition", value); }
    }

    /// <summary>List of locations where the patient has been.</summary>
    public partial class LocationComponent : BackboneElement
    {
        public override string TypeName => "Encounter.location";

        public ResourceReference? Location { get => Get<ResourceReference>("location"); set => Set("location", value); }

        public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

        public EncounterLocationStatus? Status { get => EnumLiterals.Parse<EncounterLocationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

        public CodeableConcept? PhysicalType { get => Get<CodeableConcept>("physicalType"); set => Set("physicalType", value); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }
    }
}

