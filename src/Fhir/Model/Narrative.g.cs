// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Human-readable summary of the resource (essential clinical and business information).</summary>
public partial class Narrative : DataType
{
    public override string TypeName => "Narrative";

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public NarrativeStatus? Status { get => EnumLiterals.Parse<NarrativeStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public XHtml? DivElement { get => Get<XHtml>("div"); set => Set("div", value); }

    public string? Div { get => GetText("div"); set => SetText<XHtml>("div", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/narrative-status</summary>
    public enum NarrativeStatus
    {
        [EnumLiteral("generated")] Generated,
        [EnumLiteral("extensions")] Extensions,
        [EnumLiteral("additional")] Additional,
        [EnumLiteral("empty")] Empty,
    }
}

