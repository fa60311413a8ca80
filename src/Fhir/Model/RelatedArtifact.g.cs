// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Related artifacts for a knowledge resource.</summary>
public partial class RelatedArtifact : DataType
{
    public override string TypeName => "RelatedArtifact";

    public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

    public RelatedArtifactType? Type { get => EnumLiterals.Parse<RelatedArtifactType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

    public FhirString? LabelElement { get => Get<FhirString>("label"); set => Set("label", value); }

    public string? Label { get => GetText("label"); set => SetText<FhirString>("label", value); }

    public FhirString? DisplayElement { get => Get<FhirString>("display"); set => Set("display", value); }

    public string? Display { get => GetText("display"); set => SetText<FhirString>("display", value); }

    public Markdown? CitationElement { get => Get<Markdown>("citation"); set => Set("citation", value); }

    public string? Citation { get => GetText("citation"); set => SetText<Markdown>("citation", value); }

    public FhirUrl? UrlElement { get => Get<FhirUrl>("url"); set => Set("url", value); }

    public string? Url { get => GetText("url"); set => SetText<FhirUrl>("url", value); }

    public Attachment? Document { get => Get<Attachment>("document"); set => Set("document", value); }

    public Canonical? ResourceElement { get => Get<Canonical>("resource"); set => Set("resource", value); }

    public string? Resource { get => GetText("resource"); set => SetText<Canonical>("resource", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/related-artifact-type</summary>
    public enum RelatedArtifactType
    {
        [EnumLiteral("documentation")] Documentation,
        [EnumLiteral("justification")] Justification,
        [EnumLiteral("citation")] Citation,
        [EnumLiteral("predecessor")] Predecessor,
        [EnumLiteral("successor")] Successor,
        [EnumLiteral("derived-from")] DerivedFrom,
        [EnumLiteral("depends-on")] DependsOn,
        [EnumLiteral("composed-of")] ComposedOf,
    }
}

