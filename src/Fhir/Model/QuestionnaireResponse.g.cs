// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A structured set of questions and their answers.</summary>
public partial class QuestionnaireResponse : DomainResource
{
    public override string TypeName => "QuestionnaireResponse";

    public Identifier? Identifier { get => Get<Identifier>("identifier"); set => Set("identifier", value); }

    public IList<ResourceReference> BasedOn { get => List<ResourceReference>("basedOn"); set => SetList("basedOn", value); }

    public IList<ResourceReference> PartOf { get => List<ResourceReference>("partOf"); set => SetList("partOf", value); }

    public Canonical? QuestionnaireElement { get => Get<Canonical>("questionnaire"); set => Set("questionnaire", value); }

    public string? Questionnaire { get => GetText("questionnaire"); set => SetText<Canonical>("questionnaire", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public QuestionnaireResponseStatus? Status { get => EnumLiterals.Parse<QuestionnaireResponseStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public FhirDateTime? AuthoredElement { get => Get<FhirDateTime>("authored"); set => Set("authored", value); }

    public string? Authored { get => GetText("authored"); set => SetText<FhirDateTime>("authored", value); }

    public ResourceReference? Author { get => Get<ResourceReference>("author"); set => Set("author", value); }

    public ResourceReference? Source { get => Get<ResourceReference>("source"); set => Set("source", value); }

    public IList<ItemComponent> Item { get => List<ItemComponent>("item"); set => SetList("item", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/questionnaire-answers-status</summary>
    public enum QuestionnaireResponseStatus
    {
        [EnumLiteral("in-progress")] InProgress,
        [EnumLiteral("completed")] Completed,
        [EnumLiteral("amended")] Amended,
        [EnumLiteral("entered-in-error")] EnteredInError,
        [EnumLiteral("stopped")] Stopped,
    }

    /// <summary>Groups and questions.</summary>
    public partial class ItemComponent : BackboneElement
    {
        public override string TypeName => "QuestionnaireResponse.item";

        public FhirString? LinkIdElement { get => Get<FhirString>("linkId"); set => Set("linkId", value); }

        public string? LinkId { get => GetText("linkId"); set => SetText<FhirString>("linkId", value); }

        public FhirUri? DefinitionElement { get => Get<FhirUri>("definition"); set => Set("definition", value); }

        public string? Definition { get => GetText("definition"); set => SetText<FhirUri>("definition", value); }

        public FhirString? TextElement { get => Get<FhirString>("text"); set => Set("text", value); }

        public string? Text { get => GetText("text"); set => SetText<FhirString>("text", value); }

        public IList<AnswerComponent> Answer { get => List<AnswerComponent>("answer"); set => SetList("answer", value); }

        public IList<ItemComponent> Item { get => List<ItemComponent>("item"); set => SetList("item", value); }
    }

    /// <summary>The response(s) to the question.</summary>
    public partial class AnswerComponent : BackboneElement
    {
        public override string TypeName => "QuestionnaireResponse.item.answer";

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }

        public IList<ItemComponent> Item { get => List<ItemComponent>("item"); set => SetList("item", value); }
    }
}

