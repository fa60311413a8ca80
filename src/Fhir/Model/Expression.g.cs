// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>An expression that can be used to generate a value.</summary>
public partial class Expression : DataType
{
    public override string TypeName => "Expression";

    public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

    public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

    public Id? NameElement { get => Get<Id>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<Id>("name", value); }

    public Code? LanguageElement { get => Get<Code>("language"); set => Set("language", value); }

    public string? Language { get => GetText("language"); set => SetText<Code>("language", value); }

    public FhirString? Expression_Element { get => Get<FhirString>("expression"); set => Set("expression", value); }

    public string? Expression_ { get => GetText("expression"); set => SetText<FhirString>("expression", value); }

    public FhirUri? ReferenceElement { get => Get<FhirUri>("reference"); set => Set("reference", value); }

    public string? Reference { get => GetText("reference"); set => SetText<FhirUri>("reference", value); }
}

