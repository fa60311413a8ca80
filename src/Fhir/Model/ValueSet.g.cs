// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A set of codes drawn from one or more code systems.</summary>
public partial class ValueSet : DomainResource
{
    public override string TypeName => "ValueSet";

    public FhirUri? UrlElement { get => Get<FhirUri>("url"); set => Set("url", value); }

    public string? Url { get => GetText("url"); set => SetText<FhirUri>("url", value); }

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

    public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public FhirString? TitleElement { get => Get<FhirString>("title"); set => Set("title", value); }

    public string? Title { get => GetText("title"); set => SetText<FhirString>("title", value); }

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

    public FhirBoolean? ImmutableElement { get => Get<FhirBoolean>("immutable"); set => Set("immutable", value); }

    public bool? Immutable { get => Get<FhirBoolean>("immutable")?.Value; set => SetText<FhirBoolean>("immutable", new FhirBoolean(value).Text); }

    public Markdown? PurposeElement { get => Get<Markdown>("purpose"); set => Set("purpose", value); }

    public string? Purpose { get => GetText("purpose"); set => SetText<Markdown>("purpose", value); }

    public Markdown? CopyrightElement { get => Get<Markdown>("copyright"); set => Set("copyright", value); }

    public string? Copyright { get => GetText("copyright"); set => SetText<Markdown>("copyright", value); }

    public ComposeComponent? Compose { get => Get<ComposeComponent>("compose"); set => Set("compose", value); }

    public ExpansionComponent? Expansion { get => Get<ExpansionComponent>("expansion"); set => Set("expansion", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/filter-operator</summary>
    public enum FilterOperator
    {
        [EnumLiteral("=")] Equals,
        [EnumLiteral("is-a")] IsA,
        [EnumLiteral("descendent-of")] DescendentOf,
        [EnumLiteral("is-not-a")] IsNotA,
        [EnumLiteral("regex")] Regex,
        [EnumLiteral("in")] In,
        [EnumLiteral("not-in")] NotIn,
        [EnumLiteral("generalizes")] Generalizes,
        [EnumLiteral("exists")] Exists,
    }

    /// <summary>Content logical definition of the value set (CLD).</summary>
    public partial class ComposeComponent : BackboneElement
    {
        public override string TypeName => "ValueSet.compose";

        public Date? LockedDateElement { get => Get<Date>("lockedDate"); set => Set("lockedDate", value); }

        public string? LockedDate { get => GetText("lockedDate"); set => SetText<Date>("lockedDate", value); }

        public FhirBoolean? InactiveElement { get => Get<FhirBoolean>("inactive"); set => Set("inactive", value); }

        public bool? Inactive { get => Get<FhirBoolean>("inactive")?.Value; set => SetText<FhirBoolean>("inactive", new FhirBoolean(value).Text); }

        public IList<ConceptSetComponent> Include { get => List<ConceptSetComponent>("include"); set => SetList("include", value); }

        public IList<ConceptSetComponent> Exclude { get => List<ConceptSetComponent>("exclude"); set => SetList("exclude", value); }
    }

    /// <summary>Include one or more codes from a code system or other value set(s).</summary>
    public partial class ConceptSetComponent : BackboneElement
    {
        public override string TypeName => "ValueSet.compose.include";

        public FhirUri? SystemElement { get => Get<FhirUri>("system"); set => Set("system", value); }

        public string? System { get => GetText("system"); set => SetText<FhirUri>("system", value); }

        public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

        public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

        public IList<ConceptReferenceComponent> Concept { get => List<ConceptReferenceComponent>("concept"); set => SetList("concept", value); }

        public IList<FilterComponent> Filter { get => List<FilterComponent>("filter"); set => SetList("filter", value); }

        public IList<Canonical> ValueSetElement { get => List<Canonical>("valueSet"); set => SetList("valueSet", value); }

        public IList<string?> ValueSet { get => Texts<Canonical>("valueSet"); set => SetTexts<Canonical>("valueSet", value); }
    }

    /// <summary>A concept defined in the system.</summary>
    public partial class ConceptReferenceComponent : BackboneElement
    {
        public override string TypeName => "ValueSet.compose.include.concept";

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

        public FhirString? DisplayElement { get => Get<FhirString>("display"); set => Set("display", value); }

        public string? Display { get => GetText("display"); set => SetText<FhirString>("display", value); }

        public IList<DesignationComponent> Designation { get => List<DesignationComponent>("designation"); set => SetList("designation", value); }
    }

    /// <summary>Additional representations for this concept.</summary>
    public partial class DesignationComponent : BackboneElement
    {
        public override string TypeName => "ValueSet.compose.include.concept.designation";

        public Code? LanguageElement { get => Get<Code>("language"); set => Set("language", value); }

        public string? Language { get => GetText("language"); set => SetText<Code>("language", value); }

        public Coding? Use { get => Get<Coding>("use"); set => Set("use", value); }

        public FhirString? ValueElement { get => Get<FhirString>("value"); set => Set("value", value); }

        public string? Value { get => GetText("value"); set => SetText<FhirString>("value", value); }
    }

    /// <summary>Select codes/concepts by their properties (including relationships).</summary>
    public partial class FilterComponent : BackboneElement
    {
        public override string TypeName => "ValueSet.compose.include.filter";

        public Code? PropertyElement { get => Get<Code>("property"); set => Set("property", value); }

        public string? Property { get => GetText("property"); set => SetText<Code>("property", value); }

        public Code? OpElement { get => Get<Code>("op"); set => Set("op", value); }

        public FilterOperator? Op { get => EnumLiterals.Parse<FilterOperator>(GetText("op")); set => SetText<Code>("op", EnumLiterals.Format(value)); }

        public FhirString? ValueElement { get => Get<FhirString>("value"); set => Set("value", value); }

        public string? Value { get => GetText("value"); set => SetText<FhirString>("value", value); }
    }

    /// <summary>Used when the value set is "expanded".</summary>
    public partial class ExpansionComponent : BackboneElement
    {
        public override string TypeName => "ValueSet.expansion";

        public FhirUri? IdentifierElement { get => Get<FhirUri>("identifier"); set => Set("identifier", value); }

        public string? Identifier { get => GetText("identifier"); set => SetText<FhirUri>("identifier", value); }

        public FhirDateTime? TimestampElement { get => Get<FhirDateTime>("timestamp"); set => Set("timestamp", value); }

        public string? Timestamp { get => GetText("timestamp"); set => SetText<FhirDateTime>("timestamp", value); }

        public Integer? TotalElement { get => Get<Integer>("total"); set => Set("total", value); }

        public int? Total { get => Get<Integer>("total")?.Value; set => SetText<Integer>("total", new Integer(value).Text); }

        public Integer? OffsetElement { get => Get<Integer>("offset"); set => Set("offset", value); }

        public int? Offset { get => Get<Integer>("offset")?.Value; set => SetText<Integer>("offset", new Integer(value).Text); }

        public IList<ParameterComponent> Parameter { get => List<ParameterComponent>("parameter"); set => SetList("parameter", value); }

        public IList<ContainsComponent> Contains { get => List<ContainsComponent>("contains"); set => SetList("contains", value); }
    }

    /// <summary>Parameter that controlled the expansion process.</summary>
    public partial class ParameterComponent : BackboneElement
    {
        public override string TypeName => "ValueSet.expansion.parameter";

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
    }

    /// <summary>Codes in the value set.</summary>
    public partial class ContainsComponent : BackboneElement
    {
        public override string TypeName => "ValueSet.expansion.contains";

        public FhirUri? SystemElement { get => Get<FhirUri>("system"); set => Set("system", value); }

        public string? System { get => GetText("system"); set => SetText<FhirUri>("system", value); }

        public FhirBoolean? AbstractElement { get => Get<FhirBoolean>("abstract"); set => Set("abstract", value); }

        public bool? Abstract { get => Get<FhirBoolean>("abstract")?.Value; set => SetText<FhirBoolean>("abstract", new FhirBoolean(value).Text); }

        public FhirBoolean? InactiveElement { get => Get<FhirBoolean>("inactive"); set => Set("inactive", value); }

        public bool? Inactive { get => Get<FhirBoolean>("inactive")?.Value; set => SetText<FhirBoolean>("inactive", new FhirBoolean(value).Text); }

        public FhirString? VersionElement { get => Get<FhirString>("version"); set => Set("version", value); }

        public string? Version { get => GetText("version"); set => SetText<FhirString>("version", value); }

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

        public FhirString? DisplayElement { get => Get<FhirString>("display"); set => Set("display", value); }

        public string? Display { get => GetText("display"); set => SetText<FhirString>("display", value); }

        public IList<DesignationComponent> Designation { get => List<DesignationComponent>("designation"); set => SetList("designation", value); }

        public IList<ContainsComponent> Contains { get => List<ContainsComponent>("contains"); set => SetList("contains", value); }
    }
}

