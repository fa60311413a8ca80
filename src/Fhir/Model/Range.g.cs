// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Set of values bounded by low and high.</summary>
public partial class Range : DataType
{
    public override string TypeName => "Range";

    public Quantity? Low { get => Get<Quantity>("low"); set => Set("low", value); }

    public Quantity? High { get => Get<Quantity>("high"); set => Set("high", value); }
}

