// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Text node with attribution.</summary>
public partial class Annotation : DataType
{
    public override string TypeName => "Annotation";

    public DataType? Author { get => Get<DataType>("author"); set => Set("author", value); }

    public FhirDateTime? TimeElement { get => Get<FhirDateTime>("time"); set => Set("time", value); }

    public string? Time { get => GetText("time"); set => SetText<FhirDateTime>("time", value); }

    public Markdown? TextElement { get => Get<Markdown>("text"); set => Set("text", value); }

    public string? Text { get => GetText("text"); set => SetText<Markdown>("text", value); }
}

