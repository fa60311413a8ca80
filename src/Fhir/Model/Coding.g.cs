// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A reference to a code defined by a terminology system.</summary>
public partial class Coding : DataType
{
    public override string TypeName => "Coding";

    public FhirUri? SystemElement { get => Get<FhirUri>("system"); set => Set("system", value); }

    public string? System { get => GetText("system"); set => SetText<FhirUri>("system", value); }

    public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

    public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

    public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

    public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

    public FhirString? DisplayElement { get => Get<FhirString>("display"); set => Set("display", value); }

    public string? Display { get => GetText("display"); set => SetText<FhirString>("display", value); }

    public FhirBoolean? UserSelectedElement { get => Get<FhirBoolean>("userSelected"); set => Set("userSelected", value); }

    public bool? UserSelected { get => Get<FhirBoolean>("userSelected")?.Value; set => SetText<FhirBoolean>("userSelected", new FhirBoolean(value).Text); }
}

