// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A ratio of two Quantity values - a numerator and a denominator.</summary>
public partial class Ratio : DataType
{
    public override string TypeName => "Ratio";

    public Quantity? Numerator { get => Get<Quantity>("numerator"); set => Set("numerator", value); }

    public Quantity? Denominator { get => Get<Quantity>("denominator"); set => Set("denominator", value); }
}

