// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A measured or measurable amount.</summary>
public partial class Quantity : DataType
{
    public override string TypeName => "Quantity";

    public FhirDecimal? ValueElement { get => Get<FhirDecimal>("value"); set => Set("value", value); }

    public decimal? Value { get => Get<FhirDecimal>("value")?.Value; set => SetText<FhirDecimal>("value", new FhirDecimal(value).Text); }

    public Code? ComparatorElement { get => Get<Code>("comparator"); set => Set("comparator", value); }

    public QuantityComparator? Comparator { get => EnumLiterals.Parse<QuantityComparator>(GetText("comparator")); set => SetText<Code>("comparator", EnumLiterals.Format(value)); }

    public FhirString? UnitElement { get => Get<FhirString>("unit"); set => Set("unit", value); }

    public string? Unit { get => GetText("unit"); set => SetText<FhirString>("unit", value); }

    public FhirUri? SystemElement { get => Get<FhirUri>("system"); set => Set("system", value); }

    public string? System { get => GetText("system"); set => SetText<FhirUri>("system", value); }

    public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

    public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/quantity-comparator</summary>
    public enum QuantityComparator
    {
        [EnumLiteral("<")] LessThan,
        [EnumLiteral("<=")] LessOrEqualTo,
        [EnumLiteral(">=")] GreaterOrEqualTo,
        [EnumLiteral(">")] GreaterThan,
    }
}

