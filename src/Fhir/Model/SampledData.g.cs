// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A series of measurements taken by a device.</summary>
public partial class SampledData : DataType
{
    public override string TypeName => "SampledData";

    public Quantity? Origin { get => Get<Quantity>("origin"); set => Set("origin", value); }

    public FhirDecimal? PeriodElement { get => Get<FhirDecimal>("period"); set => Set("period", value); }

    public decimal? Period { get => Get<FhirDecimal>("period")?.Value; set => SetText<FhirDecimal>("period", new FhirDecimal(value).Text); }

    public FhirDecimal? FactorElement { get => Get<FhirDecimal>("factor"); set => Set("factor", value); }

    public decimal? Factor { get => Get<FhirDecimal>("factor")?.Value; set => SetText<FhirDecimal>("factor", new FhirDecimal(value).Text); }

    public FhirDecimal? LowerLimitElement { get => Get<FhirDecimal>("lowerLimit"); set => Set("lowerLimit", value); }

    public decimal? LowerLimit { get => Get<FhirDecimal>("lowerLimit")?.Value; set => SetText<FhirDecimal>("lowerLimit", new FhirDecimal(value).Text); }

    public FhirDecimal? UpperLimitElement { get => Get<FhirDecimal>("upperLimit"); set => Set("upperLimit", value); }

    public decimal? UpperLimit { get => Get<FhirDecimal>("upperLimit")?.Value; set => SetText<FhirDecimal>("upperLimit", new FhirDecimal(value).Text); }

    public PositiveInt? DimensionsElement { get => Get<PositiveInt>("dimensions"); set => Set("dimensions", value); }

    public int? Dimensions { get => Get<PositiveInt>("dimensions")?.Value; set => SetText<PositiveInt>("dimensions", new PositiveInt(value).Text); }

    public FhirString? DataElement { get => Get<FhirString>("data"); set => Set("data", value); }

    public string? Data { get => GetText("data"); set => SetText<FhirString>("data", value); }
}

