// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A measured or measurable amount.</summary>
public partial class Count : Quantity
{
    public override string TypeName => "Count";
}

