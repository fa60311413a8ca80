// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Optional Extensions Element.</summary>
public partial class Extension : DataType
{
    public override string TypeName => "Extension";

    public FhirUri? UrlElement { get => Get<FhirUri>("url"); set => Set("url", value); }

    public string? Url { get => GetText("url"); set => SetText<FhirUri>("url", value); }

    public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
}

