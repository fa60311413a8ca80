// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Definition of an operation or a named query.</summary>
public partial class OperationDefinition : DomainResource
{
    public override string TypeName => "OperationDefinition";

    public FhirUri? UrlElement { get => Get<FhirUri>("url"); set => Set("url", value); }

    public string? Url { get => GetText("url"); set => SetText<FhirUri>("url", value); }

    public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

    public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public FhirString? TitleElement { get => Get<FhirString>("title"); set => Set("title", value); }

    public string? Title { get => GetText("title"); set => SetText<FhirString>("title", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public PublicationStatus? Status { get => EnumLiterals.Parse<PublicationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public Code? KindElement { get => Get<Code>("kind"); set => Set("kind", value); }

    public OperationKind? Kind { get => EnumLiterals.Parse<OperationKind>(GetText("kind")); set => SetText<Code>("kind", EnumLiterals.Format(value)); }

    public FhirBoolean? ExperimentalElement { get => Get<FhirBoolean>("experimental"); set => Set("experimental", value); }

    public bool? Experimental { get => Get<FhirBoolean>("experimental")?.Value; set => SetText<FhirBoolean>("experimental", new FhirBoolean(value).Text); }

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

    public FhirBoolean? AffectsStateElement { get => Get<FhirBoolean>("affectsState"); set => Set("affectsState", value); }

    public bool? AffectsState { get => Get<FhirBoolean>("affectsState")?.Value; set => SetText<FhirBoolean>("affectsState", new FhirBoolean(value).Text); }

    public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

    public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

    public Markdown? CommentElement { get => Get<Markdown>("comment"); set => Set("comment", value); }

    public string? Comment { get => GetText("comment"); set => SetText<Markdown>("comment", value); }

    public Canonical? BaseElement { get => Get<Canonical>("base"); set => Set("base", value); }

    public string? Base { get => GetText("base"); set => SetText<Canonical>("base", value); }

    public IList<Code> ResourceElement { get => List<Code>("resource"); set => SetList("resource", value); }

    public IList<string?> Resource { get => Texts<Code>("resource"); set => SetTexts<Code>("resource", value); }

    public FhirBoolean? SystemElement { get => Get<FhirBoolean>("system"); set => Set("system", value); }

    public bool? System { get => Get<FhirBoolean>("system")?.Value; set => SetText<FhirBoolean>("system", new FhirBoolean(value).Text); }

    public FhirBoolean? TypeElement { get => Get<FhirBoolean>("type"); set => Set("type", value); }

    public bool? Type { get => Get<FhirBoolean>("type")?.Value; set => SetText<FhirBoolean>("type", new FhirBoolean(value).Text); }

    public FhirBoolean? InstanceElement { get => Get<FhirBoolean>("instance"); set => Set("instance", value); }

    public bool? Instance { get => Get<FhirBoolean>("instance")?.Value; set => SetText<FhirBoolean>("instance", new FhirBoolean(value).Text); }

    public Canonical? InputProfileElement { get => Get<Canonical>("inputProfile"); set => Set("inputProfile", value); }

    public string? InputProfile { get => GetText("inputProfile"); set => SetText<Canonical>("inputProfile", value); }

    public Canonical? OutputProfileElement { get => Get<Canonical>("outputProfile"); set => Set("outputProfile", value); }

    public string? OutputProfile { get => GetText("outputProfile"); set => SetText<Canonical>("outputProfile", value); }

    public IList<ParameterComponent> Parameter { get => List<ParameterComponent>("parameter"); set => SetList("parameter", value); }

    public IList<OverloadComponent> Overload { get => List<OverloadComponent>("overload"); set => SetList("overload", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/operation-kind</summary>
    public enum OperationKind
    {
        [EnumLiteral("operation")] Operation,
        [EnumLiteral("query")] Query,
    }

    /// <summary>Parameters for the operation/query.</summary>
    public partial class ParameterComponent : BackboneElement
    {
        public override string TypeName => "OperationDefinition.parameter";

        public Code? NameElement { get => Get<Code>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<Code>("name", value); }

        public Code? UseElement { get => Get<Code>("use"); set => Set("use", value); }

        public OperationParameterUse? Use { get => EnumLiterals.Parse<OperationParameterUse>(GetText("use")); set => SetText<Code>("use", EnumLiterals.Format(value)); }

        public Integer? MinElement { get => Get<Integer>("min"); set => Set("min", value); }

        public int? Min { get => Get<Integer>("min")?.Value; set => SetText<Integer>("min", new Integer(value).Text); }

        public FhirString? MaxElement { get => Get<FhirString>("max"); set => Set("max", value); }

        public string? Max { get => GetText("max"); set => SetText<FhirString>("max", value); }

        public FhirString? DocumentationElement { get => Get<FhirString>("documentation"); set => Set("documentation", value); }

        public string? Documentation { get => GetText("documentation"); set => SetText<FhirString>("documentation", value); }

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public string? Type { get => GetText("type"); set => SetText<Code>("type", value); }

        public IList<Canonical> TargetProfileElement { get => List<Canonical>("targetProfile"); set => SetList("targetProfile", value); }

        public IList<string?> TargetProfile { get => Texts<Canonical>("targetProfile"); set => SetTexts<Canonical>("targetProfile", value); }

        public Code? SearchTypeElement { get => Get<Code>("searchType"); set => Set("searchType", value); }

        public SearchParamType? SearchType { get => EnumLiterals.Parse<SearchParamType>(GetText("searchType")); set => SetText<Code>("searchType", EnumLiterals.Format(value)); }

        public BindingComponent? Binding { get => Get<BindingComponent>("binding"); set => Set("binding", value); }

        public IList<ReferencedFromComponent> ReferencedFrom { get => List<ReferencedFromComponent>("referencedFrom"); set => SetList("referencedFrom", value); }

        public IList<ParameterComponent> Part { get => List<ParameterComponent>("part"); set => SetList("part", value); }
    }

    /// <summary>ValueSet details if this is coded.</summary>
    public partial class BindingComponent : BackboneElement
    {
        public override string TypeName => "OperationDefinition.parameter.binding";

        public Code? StrengthElement { get => Get<Code>("strength"); set => Set("strength", value); }

        public BindingStrength? Strength { get => EnumLiterals.Parse<BindingStrength>(GetText("strength")); set => SetText<Code>("strength", EnumLiterals.Format(value)); }

        public Canonical? ValueSetElement { get => Get<Canonical>("valueSet"); set => Set("valueSet", value); }

        public string? ValueSet { get => GetText("valueSet"); set => SetText<Canonical>("valueSet", value); }
    }

    /// <summary>References to this parameter.</summary>
    public partial class ReferencedFromComponent : BackboneElement
    {
        public override string TypeName => "OperationDefinition.parameter.referencedFrom";

        public FhirString? SourceElement { get => Get<FhirString>("source"); set => Set("source", value); }

        public string? Source { get => GetText("source"); set => SetText<FhirString>("source", value); }

        public FhirString? SourceIdElement { get => Get<FhirString>("sourceId"); set => Set("sourceId", value); }

        public string? SourceId { get => GetText("sourceId"); set => SetText<FhirString>("sourceId", value); }
    }

    /// <summary>Define overloaded variants for when generating code.</summary>
    public partial class OverloadComponent : BackboneElement
    {
        public override string TypeName => "OperationDefinition.overload";

        public IList<FhirString> ParameterNameElement { get => List<FhirString>("parameterName"); set => SetList("parameterName", value); }

        public IList<string?> ParameterName { get => Texts<FhirString>("parameterName"); set => SetTexts<FhirString>("parameterName", value); }

        public FhirString? CommentElement { get => Get<FhirString>("comment"); set => Set("comment", value); }

        public string? Comment { get => GetText("comment"); set => SetText<FhirString>("comment", value); }
    }
}

