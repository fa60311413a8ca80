// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Declares the existence of and describes a code system or code system supplement.</summary>
public partial class CodeSystem : DomainResource
{
    public override string TypeName => "CodeSystem";

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

    public Markdown? PurposeElement { get => Get<Markdown>("purpose"); set => Set("purpose", value); }

    public string? Purpose { get => GetText("purpose"); set => SetText<Markdown>("purpose", value); }

    public Markdown? CopyrightElement { get => Get<Markdown>("copyright"); set => Set("copyright", value); }

    public string? Copyright { get => GetText("copyright"); set => SetText<Markdown>("copyright", value); }

    public FhirBoolean? CaseSensitiveElement { get => Get<FhirBoolean>("caseSensitive"); set => Set("caseSensitive", value); }

    public bool? CaseSensitive { get => Get<FhirBoolean>("caseSensitive")?.Value; set => SetText<FhirBoolean>("caseSensitive", new FhirBoolean(value).Text); }

    public Canonical? ValueSetElement { get => Get<Canonical>("valueSet"); set => Set("valueSet", value); }

    public string? ValueSet { get => GetText("valueSet"); set => SetText<Canonical>("valueSet", value); }

    public Code? HierarchyMeaningElement { get => Get<Code>("hierarchyMeaning"); set => Set("hierarchyMeaning", value); }

    public CodeSystemHierarchyMeaning? HierarchyMeaning { get => EnumLiterals.Parse<CodeSystemHierarchyMeaning>(GetText("hierarchyMeaning")); set => SetText<Code>("hierarchyMeaning", EnumLiterals.Format(value)); }

    public FhirBoolean? CompositionalElement { get => Get<FhirBoolean>("compositional"); set => Set("compositional", value); }

    public bool? Compositional { get => Get<FhirBoolean>("compositional")?.Value; set => SetText<FhirBoolean>("compositional", new FhirBoolean(value).Text); }

    public FhirBoolean? VersionNeededElement { get => Get<FhirBoolean>("versionNeeded"); set => Set("versionNeeded", value); }

    public bool? VersionNeeded { get => Get<FhirBoolean>("versionNeeded")?.Value; set => SetText<FhirBoolean>("versionNeeded", new FhirBoolean(value).Text); }

    public Code? ContentElement { get => Get<Code>("content"); set => Set("content", value); }

    public CodeSystemContentMode? Content { get => EnumLiterals.Parse<CodeSystemContentMode>(GetText("content")); set => SetText<Code>("content", EnumLiterals.Format(value)); }

    public Canonical? SupplementsElement { get => Get<Canonical>("supplements"); set => Set("supplements", value); }

    public string? Supplements { get => GetText("supplements"); set => SetText<Canonical>("supplements", value); }

    public UnsignedInt? CountElement { get => Get<UnsignedInt>("count"); set => Set("count", value); }

    public int? Count { get => Get<UnsignedInt>("count")?.Value; set => SetText<UnsignedInt>("count", new UnsignedInt(value).Text); }

    public IList<FilterComponent> Filter { get => List<FilterComponent>("filter"); set => SetList("filter", value); }

    public IList<PropertyComponent> Property { get => List<PropertyComponent>("property"); set => SetList("property", value); }

    public IList<ConceptDefinitionComponent> Concept { get => List<ConceptDefinitionComponent>("concept"); set => SetList("concept", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/codesystem-content-mode</summary>
    public enum CodeSystemContentMode
    {
        [EnumLiteral("not-present")] NotPresent,
        [EnumLiteral("example")] Example,
        [EnumLiteral("fragment")] Fragment,
        [EnumLiteral("complete")] Complete,
        [EnumLiteral("supplement")] Supplement,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/codesystem-hierarchy-meaning</summary>
    public enum CodeSystemHierarchyMeaning
    {
        [EnumLiteral("grouped-by")] GroupedBy,
        [EnumLiteral("is-a")] IsA,
        [EnumLiteral("part-of")] PartOf,
        [EnumLiteral("classified-with")] ClassifiedWith,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/concept-property-type</summary>
    public enum PropertyType
    {
        [EnumLiteral("code")] Code,
        [EnumLiteral("Coding")] Coding,
        [EnumLiteral("string")] String,
        [EnumLiteral("integer")] Integer,
        [EnumLiteral("boolean")] Boolean,
        [EnumLiteral("dateTime")] DateTime,
        [EnumLiteral("decimal")] Decimal,
    }

    /// <summary>Filter that can be used in a value set.</summary>
    public partial class FilterComponent : BackboneElement
    {
        public override string TypeName => "CodeSystem.filter";

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

        public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

        public IList<Code> OperatorElement { get => List<Code>("operator"); set => SetList("operator", value); }

        public IList<string?> Operator { get => Texts<Code>("operator"); set => SetTexts<Code>("operator", value); }

        public FhirString? ValueElement { get => Get<FhirString>("value"); set => Set("value", value); }

        public string? Value { get => GetText("value"); set => SetText<FhirString>("value", value); }
    }

    /// <summary>Additional information supplied about each concept.</summary>
    public partial class PropertyComponent : BackboneElement
    {
        public override string TypeName => "CodeSystem.property";

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

        public FhirUri? UriElement { get => Get<FhirUri>("uri"); set => Set("uri", value); }

        public string? Uri { get => GetText("uri"); set => SetText<FhirUri>("uri", value); }

        public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public PropertyType? Type { get => EnumLiterals.Parse<PropertyType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }
    }

    /// <summary>Concepts in the code system.</summary>
    public partial class ConceptDefinitionComponent : BackboneElement
    {
        public override string TypeName => "CodeSystem.concept";

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

        public FhirString? DisplayElement { get => Get<FhirString>("display"); set => Set("display", value); }

        public string? Display { get => GetText("display"); set => SetText<FhirString>("display", value); }

        public FhirString? DefinitionElement { get => Get<FhirString>("definition"); set => Set("definition", value); }

        public string? Definition { get => GetText("definition"); set => SetText<FhirString>("definition", value); }

        public IList<DesignationComponent> Designation { get => List<DesignationComponent>("designation"); set => SetList("designation", value); }

        public IList<ConceptPropertyComponent> Property { get => List<ConceptPropertyComponent>("property"); set => SetList("property", value); }

        public IList<ConceptDefinitionComponent> Concept { get => List<ConceptDefinitionComponent>("concept"); set => SetList("concept", value); }
    }

    /// <summary>Additional representations for the concept.</summary>
    public partial class DesignationComponent : BackboneElement
    {
        public override string TypeName => "CodeSystem.concept.designation";

        public Code? LanguageElement { get => Get<Code>("language"); set => Set("language", value); }

        public string? Language { get => GetText("language"); set => SetText<Code>("language", value); }

        public Coding? Use { get => Get<Coding>("use"); set => Set("use", value); }

        public FhirString? ValueElement { get => Get<FhirString>("value"); set => Set("value", value); }

        public string? Value { get => GetText("value"); set => SetText<FhirString>("value", value); }
    }

    /// <summary>Property value for the concept.</summary>
    public partial class ConceptPropertyComponent : BackboneElement
    {
        public override string TypeName => "CodeSystem.concept.property";

        public Code? CodeElement { get => Get<Code>("code"); set => Set("code", value); }

        public string? Code { get => GetText("code"); set => SetText<Code>("code", value); }

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
    }
}

