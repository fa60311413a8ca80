// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Definition of an element in a resource or extension.</summary>
public partial class ElementDefinition : BackboneType
{
    public override string TypeName => "ElementDefinition";

    public FhirString? PathElement { get => Get<FhirString>("path"); set => Set("path", value); }

    public string? Path { get => GetText("path"); set => SetText<FhirString>("path", value); }

    public IList<Code> RepresentationElement { get => List<Code>("representation"); set => SetList("representation", value); }

    public IList<string?> Representation { get => Texts<Code>("representation"); set => SetTexts<Code>("representation", value); }

    public FhirString? SliceNameElement { get => Get<FhirString>("sliceName"); set => Set("sliceName", value); }

    public string? SliceName { get => GetText("sliceName"); set => SetText<FhirString>("sliceName", value); }

    public FhirBoolean? SliceIsConstrainingElement { get => Get<FhirBoolean>("sliceIsConstraining"); set => Set("sliceIsConstraining", value); }

    public bool? SliceIsConstraining { get => Get<FhirBoolean>("sliceIsConstraining")?.Value; set => SetText<FhirBoolean>("sliceIsConstraining", new FhirBoolean(value).Text); }

    public FhirString? LabelElement { get => Get<FhirString>("label"); set => Set("label", value); }

    public string? Label { get => GetText("label"); set => SetText<FhirString>("label", value); }

    public IList<Coding> Code { get => List<Coding>("code"); set => SetList("code", value); }

    public SlicingComponent? Slicing { get => Get<SlicingComponent>("slicing"); set => Set("slicing", value); }

    public FhirString? ShortElement { get => Get<FhirString>("short"); set => Set("short", value); }

    public string? Short { get => GetText("short"); set => SetText<FhirString>("short", value); }

    public Markdown? DefinitionElement { get => Get<Markdown>("definition"); set => Set("definition", value); }

    public string? Definition { get => GetText("definition"); set => SetText<Markdown>("definition", value); }

    public Markdown? CommentElement { get => Get<Markdown>("comment"); set => Set("comment", value); }

    public string? Comment { get => GetText("comment"); set => SetText<Markdown>("comment", value); }

    public Markdown? RequirementsElement { get => Get<Markdown>("requirements"); set => Set("requirements", value); }

    public string? Requirements { get => GetText("requirements"); set => SetText<Markdown>("requirements", value); }

    public IList<FhirString> AliasElement { get => List<FhirString>("alias"); set => SetList("alias", value); }

    public IList<string?> Alias { get => Texts<FhirString>("alias"); set => SetTexts<FhirString>("alias", value); }

    public UnsignedInt? MinElement { get => Get<UnsignedInt>("min"); set => Set("min", value); }

    public int? Min { get => Get<UnsignedInt>("min")?.Value; set => SetText<UnsignedInt>("min", new UnsignedInt(value).Text); }

    public FhirString? MaxElement { get => Get<FhirString>("max"); set => Set("max", value); }

    public string? Max { get => GetText("max"); set => SetText<FhirString>("max", value); }

    public BaseComponent? Base { get => Get<BaseComponent>("base"); set => Set("base", value); }

    public FhirUri? ContentReferenceElement { get => Get<FhirUri>("contentReference"); set => Set("contentReference", value); }

    public string? ContentReference { get => GetText("contentReference"); set => SetText<FhirUri>("contentReference", value); }

    public IList<TypeRefComponent> Type { get => List<TypeRefComponent>("type"); set => SetList("type", value); }

    public DataType? DefaultValue { get => Get<DataType>("defaultValue"); set => Set("defaultValue", value); }

    public Markdown? MeaningWhenMissingElement { get => Get<Markdown>("meaningWhenMissing"); set => Set("meaningWhenMissing", value); }

    public string? MeaningWhenMissing { get => GetText("meaningWhenMissing"); set => SetText<Markdown>("meaningWhenMissing", value); }

    public FhirString? OrderMeaningElement { get => Get<FhirString>("orderMeaning"); set => Set("orderMeaning", value); }

    public string? OrderMeaning { get => GetText("orderMeaning"); set => SetText<FhirString>("orderMeaning", value); }

    public DataType? Fixed { get => Get<DataType>("fixed"); set => Set("fixed", value); }

    public DataType? Pattern { get => Get<DataType>("pattern"); set => Set("pattern", value); }

    public IList<ExampleComponent> Example { get => List<ExampleComponent>("example"); set => SetList("example", value); }

    public DataType? MinValue { get => Get<DataType>("minValue"); set => Set("minValue", value); }

    public DataType? MaxValue { get => Get<DataType>("maxValue"); set => Set("maxValue", value); }

    public Integer? MaxLengthElement { get => Get<Integer>("maxLength"); set => Set("maxLength", value); }

    public int? MaxLength { get => Get<Integer>("maxLength")?.Value; set => SetText<Integer>("maxLength", new Integer(value).Text); }

    public IList<Id> ConditionElement { get => List<Id>("condition"); set => SetList("condition", value); }

    public IList<string?> Condition { get => Texts<Id>("condition"); set => SetTexts<Id>("condition", value); }

    public IList<ConstraintComponent> Constraint { get => List<ConstraintComponent>("constraint"); set => SetList("constraint", value); }

    public FhirBoolean? MustSupportElement { get => Get<FhirBoolean>("mustSupport"); set => Set("mustSupport", value); }

    public bool? MustSupport { get => Get<FhirBoolean>("mustSupport")?.Value; set => SetText<FhirBoolean>("mustSupport", new FhirBoolean(value).Text); }

    public FhirBoolean? IsModifierElement { get => Get<FhirBoolean>("isModifier"); set => Set("isModifier", value); }

    public bool? IsModifier { get => Get<FhirBoolean>("isModifier")?.Value; set => SetText<FhirBoolean>("isModifier", new FhirBoolean(value).Text); }

    public FhirString? IsModifierReasonElement { get => Get<FhirString>("isModifierReason"); set => Set("isModifierReason", value); }

    public string? IsModifierReason { get => GetText("isModifierReason"); set => SetText<FhirString>("isModifierReason", value); }

    public FhirBoolean? IsSummaryElement { get => Get<FhirBoolean>("isSummary"); set => Set("isSummary", value); }

    public bool? IsSummary { get => Get<FhirBoolean>("isSummary")?.Value; set => SetText<FhirBoolean>("isSummary", new FhirBoolean(value).Text); }

    public ElementDefinitionBindingComponent? Binding { get => Get<ElementDefinitionBindingComponent>("binding"); set => Set("binding", value); }

    public IList<MappingComponent> Mapping { get => List<MappingComponent>("mapping"); set => SetList("mapping", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/constraint-severity</summary>
    public enum ConstraintSeverity
    {
        [EnumLiteral("error")] Error,
        [EnumLiteral("warning")] Warning,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/discriminator-type</summary>
    public enum DiscriminatorType
    {
        [EnumLiteral("value")] Value,
        [EnumLiteral("exists")] Exists,
        [EnumLiteral("pattern")] Pattern,
        [EnumLiteral("type")] Type,
        [EnumLiteral("profile")] Profile,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/reference-version-rules</summary>
    public enum ReferenceVersionRules
    {
        [EnumLiteral("either")] Either,
        [EnumLiteral("independent")] Independent,
        [EnumLiteral("specific")] Specific,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/resource-slicing-rules</summary>
    public enum SlicingRules
    {
        [EnumLiteral("closed")] Closed,
        [EnumLiteral("open")] Open,
        [EnumLiteral("openAtEnd")] OpenAtEnd,
    }

    /// <summary>This element is sliced - slices follow.</summary>
    public partial class SlicingComponent : Element
    {
        public override string TypeName => "ElementDefinition.slicing";

        public IList<DiscriminatorComponent> Discriminator { get => List<DiscriminatorComponent>("discriminator"); set => SetList("discriminator", value); }

        public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

        public FhirBoolean? OrderedElement { get => Get<FhirBoolean>("ordered"); set => Set("ordered", value); }

        public bool? Ordered { get => Get<FhirBoolean>("ordered")?.Value; set => SetText<FhirBoolean>("ordered", new FhirBoolean(value).Text); }

        public Code? RulesElement { get => Get<Code>("rules"); set => Set("rules", value); }

        public SlicingRules? Rules { get => EnumLiterals.Parse<SlicingRules>(GetText("rules")); set => SetText<Code>("rules", EnumLiterals.Format(value)); }
    }

    /// <summary>Element values that are used to distinguish the slices.</summary>
    public partial class DiscriminatorComponent : Element
    {
        public override string TypeName => "ElementDefinition.slicing.discriminator";

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public DiscriminatorType? Type { get => EnumLiterals.Parse<DiscriminatorType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

        public FhirString? PathElement { get => Get<FhirString>("path"); set => Set("path", value); }

        public string? Path { get => GetText("path"); set => SetText<FhirString>("path", value); }
    }

    /// <summary>Base definition information for tools.</summary>
    public partial class BaseComponent : Element
    {
        public override string TypeName => "ElementDefinition.base";

        public FhirString? PathElement { get => Get<FhirString>("path"); set => Set("path", value); }

        public string? Path { get => GetText("path"); set => SetText<FhirString>("path", value); }

        public UnsignedInt? MinElement { get => Get<UnsignedInt>("min"); set => Set("min", value); }

        public int? Min { get => Get<UnsignedInt>("min")?.Value; set => SetText<UnsignedInt>("min", new UnsignedInt(value).Text); }

        public FhirString? MaxElement { get => Get<FhirString>("max"); set => Set("max", value); }

        public string? Max { get => GetText("max"); set => SetText<FhirString>("max", value); }
    }

    /// <summary>Data type and Profile for this element.</summary>
    public partial class TypeRefComponent : Element
    {
        public override string TypeName => "ElementDefinition.type";

        public FhirUri? CodeElement { get => Get<FhirUri>("code"); set => Set("code", value); }

        public string? Code { get => GetText("code"); set => SetText<FhirUri>("code", value); }

        public IList<Canonical> ProfileElement { get => List<Canonical>("profile"); set => SetList("profile", value); }

        public IList<string?> Profile { get => Texts<Canonical>("profile"); set => SetTexts<Canonical>("profile", value); }

        public IList<Canonical> TargetProfileElement { get => List<Canonical>("targetProfile"); set => SetList("targetProfile", value); }

        public IList<string?> TargetProfile { get => Texts<Canonical>("targetProfile"); set => SetTexts<Canonical>("targetProfile", value); }

        public IList<Code> AggregationElement { get => List<Code>("aggregation"); set => SetList("aggregation", value); }

        public IList<string?> Aggregation { get => Texts<Code>("aggregation"); set => SetTexts<Code>("aggregation", value); }

        public Code? VersioningElement { get => Get<Code>("versioning"); set => Set("versioning", value); }

        public ReferenceVersionRules? Versioning { get => EnumLiterals.Parse<ReferenceVersionRules>(GetText("versioning")); set => SetText<Code>("versioning", EnumLiterals.Format(value)); }
    }

    /// <summary>Example value (as defined for type).</summary>
    public partial class ExampleComponent : Element
    {
        public override string TypeName => "ElementDefinition.example";

        public FhirString? LabelElement { get => Get<FhirString>("label"); set => Set("label", value); }

        public string? Label { get => GetText("label"); set => SetText<FhirString>("label", value); }

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
    }

    /// <summary>Condition that must evaluate to true.</summary>
    public partial class ConstraintComponent : Element
    {
        public override string TypeName => "ElementDefinition.constraint";

        public Id? KeyElement { get => Get<Id>("key"); set => Set("key", value); }

        public string? Key { get => GetText("key"); set => SetText<Id>("key", value); }

        public FhirString? RequirementsElement { get => Get<FhirString>("requirements"); set => Set("requirements", value); }

        public string? Requirements { get => GetText("requirements"); set => SetText<FhirString>("requirements", value); }

        public Code? SeverityElement { get => Get<Code>("severity"); set => Set("severity", value); }

        public ConstraintSeverity? Severity { get => EnumLiterals.Parse<ConstraintSeverity>(GetText("severity")); set => SetText<Code>("severity", EnumLiterals.Format(value)); }

        public FhirString? HumanElement { get => Get<FhirString>("human"); set => Set("human", value); }

        public string? Human { get => GetText("human"); set => SetText<FhirString>("human", value); }

        public FhirString? ExpressionElement { get => Get<FhirString>("expression"); set => Set("expression", value); }

        public string? Expression { get => GetText("expression"); set => SetText<FhirString>("expression", value); }

        public FhirString? XpathElement { get => Get<FhirString>("xpath"); set => Set("xpath", value); }

        public string? Xpath { get => GetText("xpath"); set => SetText<FhirString>("xpath", value); }

        public Canonical? SourceElement { get => Get<Canonical>("source"); set => Set("source", value); }

        public string? Source { get => GetText("source"); set => SetText<Canonical>("source", value); }
    }

    /// <summary>ValueSet details if this is coded.</summary>
    public partial class ElementDefinitionBindingComponent : Element
    {
        public override string TypeName => "ElementDefinition.binding";

        public Code? StrengthElement { get => Get<Code>("strength"); set => Set("strength", value); }

        public BindingStrength? Strength { get => EnumLiterals.Parse<BindingStrength>(GetText("strength")); set => SetText<Code>("strength", EnumLiterals.Format(value)); }

        public FhirString? DescriptionElement { get => Get<FhirString>("description"); set => Set("description", value); }

        public string? Description { get => GetText("description"); set => SetText<FhirString>("description", value); }

        public Canonical? ValueSetElement { get => Get<Canonical>("valueSet"); set => Set("valueSet", value); }

        public string? ValueSet { get => GetText("valueSet"); set => SetText<Canonical>("valueSet", value); }
    }

    /// <summary>Map element to another set of definitions.</summary>
    public partial class MappingComponent : Element
    {
        public override string TypeName => "ElementDefinition.mapping";

        public Id? IdentityElement { get => Get<Id>("identity"); set => Set("identity", value); }

        public string? Identity { get => GetText("identity"); set => SetText<Id>("identity", value); }

        public Code? LanguageElement { get => Get<Code>("language"); set => Set("language", value); }

        public string? Language { get => GetText("language"); set => SetText<Code>("language", value); }

        public FhirString? MapElement { get => Get<FhirString>("map"); set => Set("map", value); }

        public string? Map { get => GetText("map"); set => SetText<FhirString>("map", value); }

        public FhirString? CommentElement { get => Get<FhirString>("comment"); set => Set("comment", value); }

        public string? Comment { get => GetText("comment"); set => SetText<FhirString>("comment", value); }
    }
}

