// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A duration of time during which an organism (or a process) has existed.</summary>
public partial class Age : Quantity
{
    public override string TypeName => "Age";
}

