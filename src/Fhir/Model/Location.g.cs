// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Details and position information for a physical place.</summary>
public partial class Location : DomainResource
{
    public override string TypeName => "Location";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public LocationStatus? Status { get => EnumLiterals.Parse<LocationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public Coding? OperationalStatus { get => Get<Coding>("operationalStatus"); set => Set("operationalStatus", value); }

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public IList<FhirString> AliasElement { get => List<FhirString>("alias"); set => SetList("alias", value); }

    public IList<string?> Alias { get => Texts<FhirString>("alias"); set => SetTexts<FhirString>("alias", value); }

    public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

    public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

    public Code? ModeElement { get => Get<Code>("mode"); set => Set("mode", value); }

    public LocationMode? Mode { get => EnumLiterals.Parse<LocationMode>(GetText("mode")); set => SetText<Code>("mode", EnumLiterals.Format(value)); }

    public IList<CodeableConcept> Type { get => List<CodeableConcept>("type"); set => SetList("type", value); }

    public IList<ContactPoint> Telecom { get => List<ContactPoint>("telecom"); set => SetList("telecom", value); }

    public Address? Address { get => Get<Address>("address"); set => Set("address", value); }

    public CodeableConcept? PhysicalType { get => Get<CodeableConcept>("physicalType"); set => Set("physicalType", value); }

    public PositionComponent? Position { get => Get<PositionComponent>("position"); set => Set("position", value); }

    public ResourceReference? ManagingOrganization { get => Get<ResourceReference>("managingOrganization"); set => Set("managingOrganization", value); }

    public ResourceReference? PartOf { get => Get<ResourceReference>("partOf"); set => Set("partOf", value); }

    public IList<HoursOfOperationComponent> HoursOfOperation { get => List<HoursOfOperationComponent>("hoursOfOperation"); set => SetList("hoursOfOperation", value); }

    public FhirString? AvailabilityExceptionsElement { get => Get<FhirString>("availabilityExceptions"); set => Set("availabilityExceptions", value); }

    public string? AvailabilityExceptions { get => GetText("availabilityExceptions"); set => SetText<FhirString>("availabilityExceptions", value); }

    public IList<ResourceReference> Endpoint { get => List<ResourceReference>("endpoint"); set => SetList("endpoint", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/location-mode</summary>
    public enum LocationMode
    {
        [EnumLiteral("instance")] Instance,
        [EnumLiteral("kind")] Kind,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/location-status</summary>
    public enum LocationStatus
    {
        [EnumLiteral("active")] Active,
        [EnumLiteral("suspended")] Suspended,
        [EnumLiteral("inactive")] Inactive,
    }

    /// <summary>The absolute geographic location.</summary>
    public partial class PositionComponent : BackboneElement
    {
        public override string TypeName => "Location.position";

        public FhirDecimal? LongitudeElement { get => Get<FhirDecimal>("longitude"); set => Set("longitude", value); }

        public decimal? Longitude { get => Get<FhirDecimal>("longitude")?.Value; set => SetText<FhirDecimal>("longitude", new FhirDecimal(value).Text); }

        public FhirDecimal? LatitudeElement { get => Get<FhirDecimal>("latitude"); set => Set("latitude", value); }

        public decimal? Latitude { get => Get<FhirDecimal>("latitude")?.Value; set => SetText<FhirDecimal>("latitude", new FhirDecimal(value).Text); }

        public FhirDecimal? AltitudeElement { get => Get<FhirDecimal>("altitude"); set => Set("altitude", value); }

        public decimal? Altitude { get => Get<FhirDecimal>("altitude")?.Value; set => SetText<FhirDecimal>("altitude", new FhirDecimal(value).Text); }
    }

    /// <summary>What days/times during a week is this location usually open.</summary>
    public partial class HoursOfOperationComponent : BackboneElement
    {
        public override string TypeName => "Location.hoursOfOperation";

        public IList<Code> DaysOfWeekElement { get => List<Code>("daysOfWeek"); set => SetList("daysOfWeek", value); }

        public IList<string?> DaysOfWeek { get => Texts<Code>("daysOfWeek"); set => SetTexts<Code>("daysOfWeek", value); }

        public FhirBoolean? AllDayElement { get => Get<FhirBoolean>("allDay"); set => Set("allDay", value); }

        public bool? AllDay { get => Get<FhirBoolean>("allDay")?.Value; set => SetText<FhirBoolean>("allDay", new FhirBoolean(value).Text); }

        public Time? OpeningTimeElement { get => Get<Time>("openingTime"); set => Set("openingTime", value); }

        public string? OpeningTime { get => GetText("openingTime"); set => SetText<Time>("openingTime", value); }

        public Time? ClosingTimeElement { get => Get<Time>("closingTime"); set => Set("closingTime", value); }

        public string? ClosingTime { get => GetText("closingTime"); set => SetText<Time>("closingTime", value); }
    }
}

