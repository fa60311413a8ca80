// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A length - a value with a unit that is a physical distance.</summary>
public partial class Distance : Quantity
{
    public override string TypeName => "Distance";
}

