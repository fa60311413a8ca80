// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Time range defined by start and end date/time.</summary>
public partial class Period : DataType
{
    public override string TypeName => "Period";

    public FhirDateTime? StartElement { get => Get<FhirDateTime>("start"); set => Set("start", value); }

    public string? Start { get => GetText("start"); set => SetText<FhirDateTime>("start", value); }

    public FhirDateTime? EndElement { get => Get<FhirDateTime>("end"); set => Set("end", value); }

    public string? End { get => GetText("end"); set => SetText<FhirDateTime>("end", value); }
}

