// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Definition of a parameter to a module.</summary>
public partial class ParameterDefinition : DataType
{
    public override string TypeName => "ParameterDefinition";

    public Code? NameElement { get => Get<Code>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<Code>("name", value); }

    public Code? UseElement { get => Get<Code>("use"); set => Set("use", value); }

    public OperationParameterUse? Use { get => EnumLiterals.Parse<OperationParameterUse>(GetText("use")); set => SetText<Code>("use", EnumLiterals.Format(value)); }

    public Integer? MinElement { get => Get<Integer>("min"); set => Set("min", value); }

    public int? Min { get => Get<Integer>("min")?.Value; set => SetText<Integer>("min", new Integer(value).Text); }

    public FhirString? MaxElement { get => Get<FhirString>("max"); set => Set("max", value); }

    public string? Max { get => GetText("max"); set => SetText<FhirString>("max", value); }

    public FhirString? DocumentationElement { get => Get<FhirString>("documentation"); set => Set("documentation", value); }

    public string? Documentation { get => GetText("documentation"); set => SetText<FhirString>("documentation", value); }

    public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

    public string? Type { get => GetText("type"); set => SetText<Code>("type", value); }

    public Canonical? ProfileElement { get => Get<Canonical>("profile"); set => Set("profile", value); }

    public string? Profile { get => GetText("profile"); set => SetText<Canonical>("profile", value); }
}

