// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A timing schedule that specifies an event that may occur multiple times.</summary>
public partial class Timing : BackboneType
{
    public override string TypeName => "Timing";

    public IList<FhirDateTime> EventElement { get => List<FhirDateTime>("event"); set => SetList("event", value); }

    public IList<string?> Event { get => Texts<FhirDateTime>("event"); set => SetTexts<FhirDateTime>("event", value); }

    public RepeatComponent? Repeat { get => Get<RepeatComponent>("repeat"); set => Set("repeat", value); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/units-of-time</summary>
    public enum UnitsOfTime
    {
        [EnumLiteral("s")] S,
        [EnumLiteral("min")] Min,
        [EnumLiteral("h")] H,
        [EnumLiteral("d")] D,
        [EnumLiteral("wk")] Wk,
        [EnumLiteral("mo")] Mo,
        [EnumLiteral("a")] A,
    }

    /// <summary>When the event is to occur.</summary>
    public partial class RepeatComponent : Element
    {
        public override string TypeName => "Timing.repeat";

        public DataType? Bounds { get => Get<DataType>("bounds"); set => Set("bounds", value); }

        public PositiveInt? CountElement { get => Get<PositiveInt>("count"); set => Set("count", value); }

        public int? Count { get => Get<PositiveInt>("count")?.Value; set => SetText<PositiveInt>("count", new PositiveInt(value).Text); }

        public PositiveInt? CountMaxElement { get => Get<PositiveInt>("countMax"); set => Set("countMax", value); }

        public int? CountMax { get => Get<PositiveInt>("countMax")?.Value; set => SetText<PositiveInt>("countMax", new PositiveInt(value).Text); }

        public FhirDecimal? DurationElement { get => Get<FhirDecimal>("duration"); set => Set("duration", value); }

        public decimal? Duration { get => Get<FhirDecimal>("duration")?.Value; set => SetText<FhirDecimal>("duration", new FhirDecimal(value).Text); }

        public FhirDecimal? DurationMaxElement { get => Get<FhirDecimal>("durationMax"); set => Set("durationMax", value); }

        public decimal? DurationMax { get => Get<FhirDecimal>("durationMax")?.Value; set => SetText<FhirDecimal>("durationMax", new FhirDecimal(value).Text); }

        public Code? DurationUnitElement { get => Get<Code>("durationUnit"); set => Set("durationUnit", value); }

        public UnitsOfTime? DurationUnit { get => EnumLiterals.Parse<UnitsOfTime>(GetText("durationUnit")); set => SetText<Code>("durationUnit", EnumLiterals.Format(value)); }

        public PositiveInt? FrequencyElement { get => Get<PositiveInt>("frequency"); set => Set("frequency", value); }

        public int? Frequency { get => Get<PositiveInt>("frequency")?.Value; set => SetText<PositiveInt>("frequency", new PositiveInt(value).Text); }

        public PositiveInt? FrequencyMaxElement { get => Get<PositiveInt>("frequencyMax"); set => Set("frequencyMax", value); }

        public int? FrequencyMax { get => Get<PositiveInt>("frequencyMax")?.Value; set => SetText<PositiveInt>("frequencyMax", new PositiveInt(value).Text); }

        public FhirDecimal? PeriodElement { get => Get<FhirDecimal>("period"); set => Set("period", value); }

        public decimal? Period { get => Get<FhirDecimal>("period")?.Value; set => SetText<FhirDecimal>("period", new FhirDecimal(value).Text); }

        public FhirDecimal? PeriodMaxElement { get => Get<FhirDecimal>("periodMax"); set => Set("periodMax", value); }

        public decimal? PeriodMax { get => Get<FhirDecimal>("periodMax")?.Value; set => SetText<FhirDecimal>("periodMax", new FhirDecimal(value).Text); }

        public Code? PeriodUnitElement { get => Get<Code>("periodUnit"); set => Set("periodUnit", value); }

        public UnitsOfTime? PeriodUnit { get => EnumLiterals.Parse<UnitsOfTime>(GetText("periodUnit")); set => SetText<Code>("periodUnit", EnumLiterals.Format(value)); }

        public IList<Code> DayOfWeekElement { get => List<Code>("dayOfWeek"); set => SetList("dayOfWeek", value); }

        public IList<string?> DayOfWeek { get => Texts<Code>("dayOfWeek"); set => SetTexts<Code>("dayOfWeek", value); }

        public IList<Time> TimeOfDayElement { get => List<Time>("timeOfDay"); set => SetList("timeOfDay", value); }

        public IList<string?> TimeOfDay { get => Texts<Time>("timeOfDay"); set => SetTexts<Time>("timeOfDay", value); }

        public IList<Code> WhenElement { get => List<Code>("when"); set => SetList("when", value); }

        public IList<string?> When { get => Texts<Code>("when"); set => SetTexts<Code>("when", value); }

        public UnsignedInt? OffsetElement { get => Get<UnsignedInt>("offset"); set => Set("offset", value); }

        public int? Offset { get => Get<UnsignedInt>("offset")?.Value; set => SetText<UnsignedInt>("offset", new UnsignedInt(value).Text); }
    }
}

