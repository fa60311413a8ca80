// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>An identifier intended for computation.</summary>
public partial class Identifier : DataType
{
    public override string TypeName => "Identifier";

    public Code? UseElement { get => Get<Code>("use"); set => Set("use", value); }

    public IdentifierUse? Use { get => EnumLiterals.Parse<IdentifierUse>(GetText("use")); set => SetText<Code>("use", EnumLiterals.Format(value)); }

    public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

    public FhirUri? SystemElement { get => Get<FhirUri>("system"); set => Set("system", value); }

    public string? System { get => GetText("system"); set => SetText<FhirUri>("system", value); }

    public FhirString? ValueElement { get => Get<FhirString>("value"); set => Set("value", value); }

    public string? Value { get => GetText("value"); set => SetText<FhirString>("value", value); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    public ResourceReference? Assigner { get => Get<ResourceReference>("assigner"); set => Set("assigner", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/identifier-use</summary>
    public enum IdentifierUse
    {
        [EnumLiteral("usual")] Usual,
        [EnumLiteral("official")] Official,
        [EnumLiteral("temp")] Temp,
        [EnumLiteral("secondary")] Secondary,
        [EnumLiteral("old")] Old,
    }
}

