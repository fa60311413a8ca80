// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Concept - reference to a terminology or just text.</summary>
public partial class CodeableConcept : DataType
{
    public override string TypeName => "CodeableConcept";

    public IList<Coding> Coding { get => List<Coding>("coding"); set => SetList("coding", value); }

    public FhirString? TextElement { get => Get<FhirString>("text"); set => Set("text", value); }

    public string? Text { get => GetText("text"); set => SetText<FhirString>("text", value); }
}

