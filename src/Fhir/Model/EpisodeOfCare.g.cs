// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>An association of a Patient with an Organization and Healthcare Provider(s) for a period of time that the Organization assumes some level of responsibility.</summary>
public partial class EpisodeOfCare : DomainResource
{
    public override string TypeName => "EpisodeOfCare";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public EpisodeOfCareStatus? Status { get => EnumLiterals.Parse<EpisodeOfCareStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public IList<StatusHistoryComponent> StatusHistory { get => List<StatusHistoryComponent>("statusHistory"); set => SetList("statusHistory", value); }

    public IList<CodeableConcept> Type { get => List<CodeableConcept>("type"); set => SetList("type", value); }

    public IList<DiagnosisComponent> Diagnosis { get => List<DiagnosisComponent>("diagnosis"); set => SetList("diagnosis", value); }

    public ResourceReference? Patient { get => Get<ResourceReference>("patient"); set => Set("patient", value); }

    public ResourceReference? ManagingOrganization { get => Get<ResourceReference>("managingOrganization"); set => Set("managingOrganization", value); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    public IList<ResourceReference> ReferralRequest { get => List<ResourceReference>("referralRequest"); set => SetList("referralRequest", value); }

    public ResourceReference? CareManager { get => Get<ResourceReference>("careManager"); set => Set("careManager", value); }

    public IList<ResourceReference> Team { get => List<ResourceReference>("team"); set => SetList("team", value); }

    public IList<ResourceReference> Account { get => List<ResourceReference>("account"); set => SetList("account", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/episode-of-care-status</summary>
    public enum EpisodeOfCareStatus
    {
        [EnumLiteral("planned")] Planned,
        [EnumLiteral("waitlist")] Waitlist,
        [EnumLiteral("active")] Active,
        [EnumLiteral("onhold")] Onhold,
        [EnumLiteral("finished")] Finished,
        [EnumLiteral("cancelled")] Cancelled,
        [EnumLiteral("entered-in-error")] EnteredInError,
    }

    /// <summary>Past list of status codes (the current status may be included to cover the start date of the status).</summary>
    public partial class StatusHistoryComponent : BackboneElement
    {
        public override string TypeName => "EpisodeOfCare.statusHistory";

        public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

        public EpisodeOfCareStatus? Status { get => EnumLiterals.Parse<EpisodeOfCareStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

        public Period? Period { get => Get<Period>("period"); set => Set("period", value); }
    }

    /// <summary>The list of diagnosis relevant to this episode of care.</summary>
    public partial class DiagnosisComponent : BackboneElement
    {
        public override string TypeName => "EpisodeOfCare.diagnosis";

        public ResourceReference? Condition { get => Get<ResourceReference>("condition"); set => Set("condition", value); }

        public CodeableConcept? Role { get => Get<CodeableConcept>("role"); set => Set("role", value); }

        public PositiveInt? RankElement { get => Get<PositiveInt>("rank"); set => Set("rank", value); }

        public int? Rank { get => Get<PositiveInt>("rank")?.Value; set => SetText<PositiveInt>("rank", new PositiveInt(value).Text); }
    }
}

