// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A structured set of questions.</summary>
public partial class Questionnaire : DomainResource
{
    public override string TypeName => "Questionnaire";

    public FhirUri? UrlElement { get => Get<FhirUri>("url"); set => Set("url", value); }

    public string? Url { get => GetText("url"); set => SetText<FhirUri>("url", value); }

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

    public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public FhirString? TitleElement { get => Get<FhirString>("title"); set => Set("title", value); }

    public string? Title { get => GetText("title"); set => SetText<FhirString>("title", value); }

    public IList<Canonical> DerivedFromElement { get => List<Canonical>("derivedFrom"); set => SetList("derivedFrom", value); }

    public IList<string?> DerivedFrom { get => Texts<Canonical>("derivedFrom"); set => SetTexts<Canonical>("derivedFrom", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public PublicationStatus? Status { get => EnumLiterals.Parse<PublicationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public FhirBoolean? ExperimentalElement { get => Get<FhirBoolean>("experimental"); set => Set("experimental", value); }

    public bool? Experimental { get => Get<FhirBoolean>("experimental")?.Value; set => SetText<FhirBoolean>("experimental", new FhirBoolean(value).Text); }

    public IList<Code> SubjectTypeElement { get => List<Code>("subjectType"); set => SetList("subjectType", value); }

    public IList<string?> SubjectType { get => Texts<Code>("subjectType"); set => SetTexts<Code>("subjectType", value); }

    public FhirDateTime? DateElement { get => Get<FhirDateTime>("date"); set => Set("date", value); }

    public string? Date { get => GetText("date"); set => SetText<FhirDateTime>("date", value); }

    public FhirString? PublisherElement { get => Get<FhirString>("publisher"); set => Set("publisher", value); }

    public string? Publisher { get => GetText("publisher"); set => SetText<FhirString>("publisher", value); }

    public IList<ContactDetail> Contact { get => List<ContactDetail>("contact"); set => SetList("contact", value); }

    public Markdown? DescriptionElement { get => Get<Markdown>("description"); set => Set("description", value); }

    public string? Description { get => GetText("description"); set => SetText<Markdown>("description", value); }

    public IList<UsageContext> UseContext { get => List<UsageContext>("useContext"); set => SetList("useContext", value); }

    public IList<CodeableConcept> Jurisdiction { get => List<CodeableConcept>("jurisdiction"); set => SetList("jurisdiction", value); }

    public Markdown? PurposeElement { get => Get<Markdown>("purpose"); set => Set("purpose", value); }

    public string? Purpose { get => GetText("purpose"); set => SetText<Markdown>("purpose", value); }

    public Markdown? CopyrightElement { get => Get<Markdown>("copyright"); set => Set("copyright", value); }

    public string? Copyright { get => GetText("copyright"); set => SetText<Markdown>("copyright", value); }

    public Date? ApprovalDateElement { get => Get<Date>("approvalDate"); set => Set("approvalDate", value); }

    public string? ApprovalDate { get => GetText("approvalDate"); set => SetText<Date>("approvalDate", value); }

    public Date? LastReviewDateElement { get => Get<Date>("lastReviewDate"); set => Set("lastReviewDate", value); }

    public string? LastReviewDate { get => GetText("lastReviewDate"); set => SetText<Date>("lastReviewDate", value); }

    public Period? EffectivePeriod { get => Get<Period>("effectivePeriod"); set => Set("effectivePeriod", value); }

    public IList<Coding> Code { get => List<Coding>("code"); set => SetList("code", value); }

    public IList<ItemComponent> Item { get => List<ItemComponent>("item"); set => SetList("item", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/questionnaire-enable-behavior</summary>
    public enum EnableWhenBehavior
    {
        [EnumLiteral("all")] All,
        [EnumLiteral("any")] Any,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/questionnaire-enable-operator</summary>
    public enum QuestionnaireItemOperator
    {
        [EnumLiteral("exists")] Exists,
        [EnumLiteral("=")] Equals,
        [EnumLiteral("!=")] NotEquals,
        [EnumLiteral(">")] GreaterThan,
        [EnumLiteral("<")] LessThan,
        [EnumLiteral(">=")] GreaterOrEquals,
        [EnumLiteral("<=")] LessOrEquals,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/item-type</summary>
    public enum QuestionnaireItemType
    {
        [EnumLiteral("group")] Group,
        [EnumLiteral("display")] Display,
        [EnumLiteral("question")] Question,
        [EnumLiteral("boolean")] Boolean,
        [EnumLiteral("decimal")] Decimal,
        [EnumLiteral("integer")] Integer,
        [EnumLiteral("date")] Date,
        [EnumLiteral("dateTime")] DateTime,
        [EnumLiteral("time")] Time,
        [EnumLiteral("string")] String,
        [EnumLiteral("text")] Text,
        [EnumLiteral("url")] Url,
        [EnumLiteral("choice")] Choice,
        [EnumLiteral("open-choice")] OpenChoice,
        [EnumLiteral("attachment")] Attachment,
        [EnumLiteral("reference")] Reference,
        [EnumLiteral("quantity")] Quantity,
    }

    /// <summary>Questions and sections within the Questionnaire.</summary>
    public partial class ItemComponent : BackboneElement
    {
        public override string TypeName => "Questionnaire.item";

        public FhirString? LinkIdElement { get => Get<FhirString>("linkId"); set => Set("linkId", value); }

        public string? LinkId { get => GetText("linkId"); set => SetText<FhirString>("linkId", value); }

        public FhirUri? DefinitionElement { get => Get<FhirUri>("definition"); set => Set("definition", value); }

        public string? Definition { get => GetText("definition"); set => SetText<FhirUri>("definition", value); }

        public IList<Coding> Code { get => List<Coding>("code"); set => SetList("code", value); }

        public FhirString? PrefixElement { get => Get<FhirString>("prefix"); set => Set("prefix", value); }

        public string? Prefix { get => GetText("prefix"); set => SetText<FhirString>("prefix", value); }

        public FhirString? TextElement { get => Get<FhirString>("text"); set => Set("text", value); }

        public string? Text { get => GetText("text"); set => SetText<FhirString>("text", value); }

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public QuestionnaireItemType? Type { get => EnumLiterals.Parse<QuestionnaireItemType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

        public IList<EnableWhenComponent> EnableWhen { get => List<EnableWhenComponent>("enableWhen"); set => SetList("enableWhen", value); }

        public Code? EnableBehaviorElement { get => Get<Code>("enableBehavior"); set => Set("enableBehavior", value); }

        public EnableWhenBehavior? EnableBehavior { get => EnumLiterals.Parse<EnableWhenBehavior>(GetText("enableBehavior")); set => SetText<Code>("enableBehavior", EnumLiterals.Format(value)); }

        public FhirBoolean? RequiredElement { get => Get<FhirBoolean>("required"); set => Set("required", value); }

        public bool? Required { get => Get<FhirBoolean>("required")?.Value; set => SetText<FhirBoolean>("required", new FhirBoolean(value).Text); }

        public FhirBoolean? RepeatsElement { get => Get<FhirBoolean>("repeats"); set => Set("repeats", value); }

        public bool? Repeats { get => Get<FhirBoolean>("repeats")?.Value; set => SetText<FhirBoolean>("repeats", new FhirBoolean(value).Text); }

        public FhirBoolean? ReadOnlyElement { get => Get<FhirBoolean>("readOnly"); set => Set("readOnly", value); }

        public bool? ReadOnly { get => Get<FhirBoolean>("readOnly")?.Value; set => SetText<FhirBoolean>("readOnly", new FhirBoolean(value).Text); }

        public Integer? MaxLengthElement { get => Get<Integer>("maxLength"); set => Set("maxLength", value); }

        public int? MaxLength { get => Get<Integer>("maxLength")?.Value; set => SetText<Integer>("maxLength", new Integer(value).Text); }

        public Canonical? AnswerValueSetElement { get => Get<Canonical>("answerValueSet"); set => Set("answerValueSet", value); }

        public string? AnswerValueSet { get => GetText("answerValueSet"); set => SetText<Canonical>("answerValueSet", value); }

        public IList<AnswerOptionComponent> AnswerOption { get => List<AnswerOptionComponent>("answerOption"); set => SetList("answerOption", value); }

        public IList<InitialComponent> Initial { get => List<InitialComponent>("initial"); set => SetList("initial", value); }

        public IList<ItemComponent> Item { get => List<ItemComponent>("item"); set => SetList("item", value); }
    }

    /// <summary>Only allow data when.</summary>
    public partial class EnableWhenComponent : BackboneElement
    {
        public override string TypeName => "Questionnaire.item.enableWhen";

        public FhirString? QuestionElement { get => Get<FhirString>("question"); set => Set("question", value); }

        public string? Question { get => GetText("question"); set => SetText<FhirString>("question", value); }

        public Code? OperatorElement { get => Get<Code>("operator"); set => Set("operator", value); }

        public QuestionnaireItemOperator? Operator { get => EnumLiterals.Parse<QuestionnaireItemOperator>(GetText("operator")); set => SetText<Code>("operator", EnumLiterals.Format(value)); }

        public DataType? Answer { get => Get<DataType>("answer"); set => Set("answer", value); }
    }

    /// <summary>Permitted answer.</summary>
    public partial class AnswerOptionComponent : BackboneElement
    {
        public override string TypeName => "Questionnaire.item.answerOption";

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }

        public FhirBoolean? InitialSelectedElement { get => Get<FhirBoolean>("initialSelected"); set => Set("initialSelected", value); }

        public bool? InitialSelected { get => Get<FhirBoolean>("initialSelected")?.Value; set => SetText<FhirBoolean>("initialSelected", new FhirBoolean(value).Text); }
    }

    /// <summary>Initial value(s) when item is first rendered.</summary>
    public partial class InitialComponent : BackboneElement
    {
        public override string TypeName => "Questionnaire.item.initial";

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
    }
}

