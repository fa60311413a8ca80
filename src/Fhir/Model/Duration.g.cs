// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A length of time.</summary>
public partial class Duration : Quantity
{
    public override string TypeName => "Duration";
}

