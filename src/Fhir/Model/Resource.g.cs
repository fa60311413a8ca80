// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Base Resource.</summary>
public abstract partial class Resource : FhirNode
{
    public Id? IdElement { get => Get<Id>("id"); set => Set("id", value); }

    public string? Id { get => GetText("id"); set => SetText<Id>("id", value); }

    public Meta? Meta { get => Get<Meta>("meta"); set => Set("meta", value); }

    public FhirUri? ImplicitRulesElement { get => Get<FhirUri>("implicitRules"); set => Set("implicitRules", value); }

    public string? ImplicitRules { get => GetText("implicitRules"); set => SetText<FhirUri>("implicitRules", value); }

    public Code? LanguageElement { get => Get<Code>("language"); set => Set("language", value); }

    public string? Language { get => GetText("language"); set => SetText<Code>("language", value); }
}

