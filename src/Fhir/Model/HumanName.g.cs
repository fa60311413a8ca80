// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Name of a human - parts and usage.</summary>
public partial class HumanName : DataType
{
    public override string TypeName => "HumanName";

    public Code? UseElement { get => Get<Code>("use"); set => Set("use", value); }

    public NameUse? Use { get => EnumLiterals.Parse<NameUse>(GetText("use")); set => SetText<Code>("use", EnumLiterals.Format(value)); }

    public FhirString? TextElement { get => Get<FhirString>("text"); set => Set("text", value); }

    public string? Text { get => GetText("text"); set => SetText<FhirString>("text", value); }

    public FhirString? FamilyElement { get => Get<FhirString>("family"); set => Set("family", value); }

    public string? Family { get => GetText("family"); set => SetText<FhirString>("family", value); }

    public IList<FhirString> GivenElement { get => List<FhirString>("given"); set => SetList("given", value); }

    public IList<string?> Given { get => Texts<FhirString>("given"); set => SetTexts<FhirString>("given", value); }

    public IList<FhirString> PrefixElement { get => List<FhirString>("prefix"); set => SetList("prefix", value); }

    public IList<string?> Prefix { get => Texts<FhirString>("prefix"); set => SetTexts<FhirString>("prefix", value); }

    public IList<FhirString> SuffixElement { get => List<FhirString>("suffix"); set => SetList("suffix", value); }

    public IList<string?> Suffix { get => Texts<FhirString>("suffix"); set => SetTexts<FhirString>("suffix", value); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/name-use</summary>
    public enum NameUse
    {
        [EnumLiteral("usual")] Usual,
        [EnumLiteral("official")] Official,
        [EnumLiteral("temp")] Temp,
        [EnumLiteral("nickname")] Nickname,
        [EnumLiteral("anonymous")] Anonymous,
        [EnumLiteral("old")] Old,
        [EnumLiteral("maiden")] Maiden,
    }
}

