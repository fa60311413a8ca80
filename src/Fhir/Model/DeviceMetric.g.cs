// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Measurement, calculation or setting capability of a medical device.</summary>
public partial class DeviceMetric : DomainResource
{
    public override string TypeName => "DeviceMetric";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

    public CodeableConcept? Unit { get => Get<CodeableConcept>("unit"); set => Set("unit", value); }

    public ResourceReference? Source { get => Get<ResourceReference>("source"); set => Set("source", value); }

    public ResourceReference? Parent { get => Get<ResourceReference>("parent"); set => Set("parent", value); }

    public Code? OperationalStatusElement { get => Get<Code>("operationalStatus"); set => Set("operationalStatus", value); }

    public DeviceMetricOperationalStatus? OperationalStatus { get => EnumLiterals.Parse<DeviceMetricOperationalStatus>(GetText("operationalStatus")); set => SetText<Code>("operationalStatus", EnumLiterals.Format(value)); }

    public Code? ColorElement { get => Get<Code>("color"); set => Set("color", value); }

    public DeviceMetricColor? Color { get => EnumLiterals.Parse<DeviceMetricColor>(GetText("color")); set => SetText<Code>("color", EnumLiterals.Format(value)); }

    public Code? CategoryElement { get => Get<Code>("category"); set => Set("category", value); }

    public DeviceMetricCategory? Category { get => EnumLiterals.Parse<DeviceMetricCategory>(GetText("category")); set => SetText<Code>("category", EnumLiterals.Format(value)); }

    public Timing? MeasurementPeriod { get => Get<Timing>("measurementPeriod"); set => Set("measurementPeriod", value); }

    public IList<CalibrationComponent> Calibration { get => List<CalibrationComponent>("calibration"); set => SetList("calibration", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/metric-calibration-state</summary>
    public enum DeviceMetricCalibrationState
    {
        [EnumLiteral("not-calibrated")] NotCalibrated,
        [EnumLiteral("calibration-required")] CalibrationRequired,
        [EnumLiteral("calibrated")] Calibrated,
        [EnumLiteral("unspecified")] Unspecified,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/metric-calibration-type</summary>
    public enum DeviceMetricCalibrationType
    {
        [EnumLiteral("unspecified")] Unspecified,
        [EnumLiteral("offset")] Offset,
        [EnumLiteral("gain")] Gain,
        [EnumLiteral("two-point")] TwoPoint,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/metric-category</summary>
    public enum DeviceMetricCategory
    {
        [EnumLiteral("measurement")] Measurement,
        [EnumLiteral("setting")] Setting,
        [EnumLiteral("calculation")] Calculation,
        [EnumLiteral("unspecified")] Unspecified,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/metric-color</summary>
    public enum DeviceMetricColor
    {
        [EnumLiteral("black")] Black,
        [EnumLiteral("red")] Red,
        [EnumLiteral("green")] Green,
        [EnumLiteral("yellow")] Yellow,
        [EnumLiteral("blue")] Blue,
        [EnumLiteral("magenta")] Magenta,
        [EnumLiteral("cyan")] Cyan,
        [EnumLiteral("white")] White,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/metric-operational-status</summary>
    public enum DeviceMetricOperationalStatus
    {
        [EnumLiteral("on")] On,
        [EnumLiteral("off")] Off,
        [EnumLiteral("standby")] Standby,
        [EnumLiteral("entered-in-error")] EnteredInError,
    }

    /// <summary>Describes the calibrations that have been performed or that are required to be performed.</summary>
    public partial class CalibrationComponent : BackboneElement
    {
        public override string TypeName => "DeviceMetric.calibration";

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public DeviceMetricCalibrationType? Type { get => EnumLiterals.Parse<DeviceMetricCalibrationType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

        public Code? StateElement { get => Get<Code>("state"); set => Set("state", value); }

        public DeviceMetricCalibrationState? State { get => EnumLiterals.Parse<DeviceMetricCalibrationState>(GetText("state")); set => SetText<Code>("state", EnumLiterals.Format(value)); }

        public Instant? TimeElement { get => Get<Instant>("time"); set => Set("time", value); }

        public DateTimeOffset? Time { get => Get<Instant>("time")?.Value; set => SetText<Instant>("time", new Instant(value).Text); }
    }
}

