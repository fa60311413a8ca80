// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Structural Definition.</summary>
public partial class StructureDefinition : DomainResource
{
    public override string TypeName => "StructureDefinition";

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

    public IList<Coding> Keyword { get => List<Coding>("keyword"); set => SetList("keyword", value); }

    public Code? FhirVersionElement { get => Get<Code>("fhirVersion"); set => Set("fhirVersion", value); }

    public string? FhirVersion { get => GetText("fhirVersion"); set => SetText<Code>("fhirVersion", value); }

    public IList<MappingComponent> Mapping { get => List<MappingComponent>("mapping"); set => SetList("mapping", value); }

    public Code? KindElement { get => Get<Code>("kind"); set => Set("kind", value); }

    public StructureDefinitionKind? Kind { get => EnumLiterals.Parse<StructureDefinitionKind>(GetText("kind")); set => SetText<Code>("kind", EnumLiterals.Format(value)); }

    public FhirBoolean? AbstractElement { get => Get<FhirBoolean>("abstract"); set => Set("abstract", value); }

    public bool? Abstract { get => Get<FhirBoolean>("abstract")?.Value; set => SetText<FhirBoolean>("abstract", new FhirBoolean(value).Text); }

    public IList<ContextComponent> Context { get => List<ContextComponent>("context"); set => SetList("context", value); }

    public IList<FhirString> ContextInvariantElement { get => List<FhirString>("contextInvariant"); set => SetList("contextInvariant", value); }

    public IList<string?> ContextInvariant { get => Texts<FhirString>("contextInvariant"); set => SetTexts<FhirString>("contextInvariant", value); }

    public FhirUri? TypeElement { get => Get<FhirUri>("type"); set => Set("type", value); }

    public string? Type { get => GetText("type"); set => SetText<FhirUri>("type", value); }

    public Canonical? BaseDefinitionElement { get => Get<Canonical>("baseDefinition"); set => Set("baseDefinition", value); }

    public string? BaseDefinition { get => GetText("baseDefinition"); set => SetText<Canonical>("baseDefinition", value); }

    public Code? DerivationElement { get => Get<Code>("derivation"); set => Set("derivation", value); }

    public TypeDerivationRule? Derivation { get => EnumLiterals.Parse<TypeDerivationRule>(GetText("derivation")); set => SetText<Code>("derivation", EnumLiterals.Format(value)); }

    public SnapshotComponent? Snapshot { get => Get<SnapshotComponent>("snapshot"); set => Set("snapshot", value); }

    public DifferentialComponent? Differential { get => Get<DifferentialComponent>("differential"); set => Set("differential", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/extension-context-type</summary>
    public enum ExtensionContextType
    {
        [EnumLiteral("fhirpath")] Fhirpath,
        [EnumLiteral("element")] Element,
        [EnumLiteral("extension")] Extension,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/structure-definition-kind</summary>
    public enum StructureDefinitionKind
    {
        [EnumLiteral("primitive-type")] PrimitiveType,
        [EnumLiteral("complex-type")] ComplexType,
        [EnumLiteral("resource")] Resource,
        [EnumLiteral("logical")] Logical,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/type-derivation-rule</summary>
    public enum TypeDerivationRule
    {
        [EnumLiteral("specialization")] Specialization,
        [EnumLiteral("constraint")] Constraint,
    }

    /// <summary>External specification that the content is mapped to.</summary>
    public partial class MappingComponent : BackboneElement
    {
        public override string TypeName => "StructureDefinition.mapping";

        public Id? IdentityElement { get => Get<Id>("identity"); set => Set("identity", value); }

        public string? Identity { get => GetText("identity"); set => SetText<Id>("identity", value); }

        public FhirUri? UriElement { get => Get<FhirUri>("uri"); set => Set("uri", value); }

        public string? Uri { get => GetText("uri"); set => SetText<FhirUri>("uri", value); }

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public FhirString? CommentElement { get => Get<FhirString>("comment"); set => Set("comment", value); }

        public string? Comment { get => GetText("comment"); set => SetText<FhirString>("comment", value); }
    }

    /// <summary>If an extension, where it can be used in instances.</summary>
    public partial class ContextComponent : BackboneElement
    {
        public override string TypeName => "StructureDefinition.context";

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public ExtensionContextType? Type { get => EnumLiterals.Parse<ExtensionContextType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

        public FhirString? ExpressionElement { get => Get<FhirString>("expression"); set => Set("expression", value); }

        public string? Expression { get => GetText("expression"); set => SetText<FhirString>("expression", value); }
    }

    /// <summary>Snapshot view of the structure.</summary>
    public partial class SnapshotComponent : BackboneElement
    {
        public override string TypeName => "StructureDefinition.snapshot";

        public IList<ElementDefinition> Element { get => List<ElementDefinition>("element"); set => SetList("element", value); }
    }

    /// <summary>Differential view of the structure.</summary>
    public partial class DifferentialComponent : BackboneElement
    {
        public override string TypeName => "StructureDefinition.differential";

        public IList<ElementDefinition> Element { get => List<ElementDefinition>("element"); set => SetList("element", value); }
    }
}

