// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Content in a format defined elsewhere.</summary>
public partial class Attachment : DataType
{
    public override string TypeName => "Attachment";

    public Code? ContentTypeElement { get => Get<Code>("contentType"); set => Set("contentType", value); }

    public string? ContentType { get => GetText("contentType"); set => SetText<Code>("contentType", value); }

    public Code? LanguageElement { get => Get<Code>("language"); set => Set("language", value); }

    public string? Language { get => GetText("language"); set => SetText<Code>("language", value); }

    public Base64Binary? DataElement { get => Get<Base64Binary>("data"); set => Set("data", value); }

    public byte[]? Data { get => Get<Base64Binary>("data")?.Value; set => SetText<Base64Binary>("data", new Base64Binary(value).Text); }

    public FhirUrl? UrlElement { get => Get<FhirUrl>("url"); set => Set("url", value); }

    public string? Url { get => GetText("url"); set => SetText<FhirUrl>("url", value); }

    public UnsignedInt? SizeElement { get => Get<UnsignedInt>("size"); set => Set("size", value); }

    public int? Size { get => Get<UnsignedInt>("size")?.Value; set => SetText<UnsignedInt>("size", new UnsignedInt(value).Text); }

    public Base64Binary? HashElement { get => Get<Base64Binary>("hash"); set => Set("hash", value); }

    public byte[]? Hash { get => Get<Base64Binary>("hash")?.Value; set => SetText<Base64Binary>("hash", new Base64Binary(value).Text); }

    public FhirString? TitleElement { get => Get<FhirString>("title"); set => Set("title", value); }

    public string? Title { get => GetText("title"); set => SetText<FhirString>("title", value); }

    public FhirDateTime? CreationElement { get => Get<FhirDateTime>("creation"); set => Set("creation", value); }

    public string? Creation { get => GetText("creation"); set => SetText<FhirDateTime>("creation", value); }
}

