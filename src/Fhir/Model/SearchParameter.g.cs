// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Search parameter for a resource.</summary>
public partial class SearchParameter : DomainResource
{
    public override string TypeName => "SearchParameter";

    public FhirUri? UrlElement { get => Get<FhirUri>("url"); set => Set("url", value); }

    public string? Url { get => GetText("url"); set => SetText<FhirUri>("url", value); }

    public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

    public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public Canonical? DerivedFromElement { get => Get<Canonical>("derivedFrom"); set => Set("derivedFrom", value); }

    public string? DerivedFrom { get => GetText("derivedFrom"); set => SetText<Canonical>("derivedFrom", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public PublicationStatus? Status { get => EnumLiterals.Parse<PublicationStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

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

    public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

    public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

    public IList<Code> BaseElement { get => List<Code>("base"); set => SetList("base", value); }

    public IList<string?> Base { get => Texts<Code>("base"); set => SetTexts<Code>("base", value); }

    public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

    public SearchParamType? Type { get => EnumLiterals.Parse<SearchParamType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

    public FhirString? ExpressionElement { get => Get<FhirString>("expression"); set => Set("expression", value); }

    public string? Expression { get => GetText("expression"); set => SetText<FhirString>("expression", value); }

    public FhirString? XpathElement { get => Get<FhirString>("xpath"); set => Set("xpath", value); }

    public string? Xpath { get => GetText("xpath"); set => SetText<FhirString>("xpath", value); }

    public Code? XpathUsageElement { get => Get<Code>("xpathUsage"); set => Set("xpathUsage", value); }

    public XPathUsageType? XpathUsage { get => EnumLiterals.Parse<XPathUsageType>(GetText("xpathUsage")); set => SetText<Code>("xpathUsage", EnumLiterals.Format(value)); }

    public IList<Code> TargetElement { get => List<Code>("target"); set => SetList("target", value); }

    public IList<string?> Target { get => Texts<Code>("target"); set => SetTexts<Code>("target", value); }

    public FhirBoolean? MultipleOrElement { get => Get<FhirBoolean>("multipleOr"); set => Set("multipleOr", value); }

    public bool? MultipleOr { get => Get<FhirBoolean>("multipleOr")?.Value; set => SetText<FhirBoolean>("multipleOr", new FhirBoolean(value).Text); }

    public FhirBoolean? MultipleAndElement { get => Get<FhirBoolean>("multipleAnd"); set => Set("multipleAnd", value); }

    public bool? MultipleAnd { get => Get<FhirBoolean>("multipleAnd")?.Value; set => SetText<FhirBoolean>("multipleAnd", new FhirBoolean(value).Text); }

    public IList<Code> ComparatorElement { get => List<Code>("comparator"); set => SetList("comparator", value); }

    public IList<string?> Comparator { get => Texts<Code>("comparator"); set => SetTexts<Code>("comparator", value); }

    public IList<Code> ModifierElement { get => List<Code>("modifier"); set => SetList("modifier", value); }

    public IList<string?> Modifier { get => Texts<Code>("modifier"); set => SetTexts<Code>("modifier", value); }

    public IList<FhirString> ChainElement { get => List<FhirString>("chain"); set => SetList("chain", value); }

    public IList<string?> Chain { get => Texts<FhirString>("chain"); set => SetTexts<FhirString>("chain", value); }

    public IList<ComponentComponent> Component { get => List<ComponentComponent>("component"); set => SetList("component", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/search-xpath-usage</summary>
    public enum XPathUsageType
    {
        [EnumLiteral("normal")] Normal,
        [EnumLiteral("phonetic")] Phonetic,
        [EnumLiteral("nearby")] Nearby,
        [EnumLiteral("distance")] Distance,
        [EnumLiteral("other")] Other,
    }

    /// <summary>For Composite resources to define the parts.</summary>
    public partial class ComponentComponent : BackboneElement
    {
        public override string TypeName => "SearchParameter.component";

        public Canonical? DefinitionElement { get => Get<Canonical>("definition"); set => Set("definition", value); }

        public string? Definition { get => GetText("definition"); set => SetText<Canonical>("definition", value); }

        public FhirString? ExpressionElement { get => Get<FhirString>("expression"); set => Set("expression", value); }

        public string? Expression { get => GetText("expression"); set => SetText<FhirString>("expression", value); }
    }
}

