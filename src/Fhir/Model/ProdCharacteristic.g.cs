// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>The marketing status describes the date when a medicinal product is actually put on the market or the date as of which it is no longer available.</summary>
public partial class ProdCharacteristic : BackboneType
{
    public override string TypeName => "ProdCharacteristic";

    public Quantity? Height { get => Get<Quantity>("height"); set => Set("height", value); }

    public Quantity? Width { get => Get<Quantity>("width"); set => Set("width", value); }

    public Quantity? Depth { get => Get<Quantity>("depth"); set => Set("depth", value); }

    public Quantity? Weight { get => Get<Quantity>("weight"); set => Set("weight", value); }

    public Quantity? NominalVolume { get => Get<Quantity>("nominalVolume"); set => Set("nominalVolume", value); }

    public Quantity? ExternalDiameter { get => Get<Quantity>("externalDiameter"); set => Set("externalDiameter", value); }

    public FhirString? ShapeElement { get => Get<FhirString>("shape"); set => Set("shape", value); }

    public string? Shape { get => GetText("shape"); set => SetText<FhirString>("shape", value); }

    public IList<FhirString> ColorElement { get => List<FhirString>("color"); set => SetList("color", value); }

    public IList<string?> Color { get => Texts<FhirString>("color"); set => SetTexts<FhirString>("color", value); }

    public IList<FhirString> ImprintElement { get => List<FhirString>("imprint"); set => SetList("imprint", value); }

    public IList<string?> Imprint { get => Texts<FhirString>("imprint"); set => SetTexts<FhirString>("imprint", value); }

    public IList<Attachment> Image { get => List<Attachment>("image"); set => SetList("image", value); }

    public CodeableConcept? Scoring { get => Get<CodeableConcept>("scoring"); set => Set("scoring", value); }
}

