// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>An amount of economic utility in some recognized currency.</summary>
public partial class Money : DataType
{
    public override string TypeName => "Money";

    public FhirDecimal? ValueElement { get => Get<FhirDecimal>("value"); set => Set("value", value); }

    public decimal? Value { get => Get<FhirDecimal>("value")?.Value; set => SetText<FhirDecimal>("value", new FhirDecimal(value).Text); }

    public Code? CurrencyElement { get => Get<Code>("currency"); set => Set("currency", value); }

    public string? Currency { get => GetText("currency"); set => SetText<Code>("currency", value); }
}

