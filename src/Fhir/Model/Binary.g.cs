// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Pure binary content defined by a format other than FHIR.</summary>
public partial class Binary : Resource
{
    public override string TypeName => "Binary";

    public Code? ContentTypeElement { get => Get<Code>("contentType"); set => Set("contentType", value); }

    public string? ContentType { get => GetText("contentType"); set => SetText<Code>("contentType", value); }

    public ResourceReference? SecurityContext { get => Get<ResourceReference>("securityContext"); set => Set("securityContext", value); }

    public Base64Binary? DataElement { get => Get<Base64Binary>("data"); set => Set("data", value); }

    public byte[]? Data { get => Get<Base64Binary>("data")?.Value; set => SetText<Base64Binary>("data", new Base64Binary(value).Text); }
}

