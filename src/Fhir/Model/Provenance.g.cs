// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Who, What, When for a set of resources.</summary>
public partial class Provenance : DomainResource
{
    public override string TypeName => "Provenance";

    public IList<ResourceReference> Target { get => List<ResourceReference>("target"); set => SetList("target", value); }

    public DataType? Occurred { get => Get<DataType>("occurred"); set => Set("occurred", value); }

    public Instant? RecordedElement { get => Get<Instant>("recorded"); set => Set("recorded", value); }

    public DateTimeOffset? Recorded { get => Get<Instant>("recorded")?.Value; set => SetText<Instant>("recorded", new Instant(value).Text); }

    public IList<FhirUri> PolicyElement { get => List<FhirUri>("policy"); set => SetList("policy", value); }

    public IList<string?> Policy { get => Texts<FhirUri>("policy"); set => SetTexts<FhirUri>("policy", value); }

    public ResourceReference? Location { get => Get<ResourceReference>("location"); set => Set("location", value); }

    public IList<CodeableConcept> Reason { get => List<CodeableConcept>("reason"); set => SetList("reason", value); }

    public CodeableConcept? Activity { get => Get<CodeableConcept>("activity"); set => Set("activity", value); }

    public IList<AgentComponent> Agent { get => List<AgentComponent>("agent"); set => SetList("agent", value); }

    public IList<EntityComponent> Entity { get => List<EntityComponent>("entity"); set => SetList("entity", value); }

    public IList<Signature> Signature { get => List<Signature>("signature"); set => SetList("signature", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/provenance-entity-role</summary>
    public enum ProvenanceEntityRole
    {
        [EnumLiteral("derivation")] Derivation,
        [EnumLiteral("revision")] Revision,
        [EnumLiteral("quotation")] Quotation,
        [EnumLiteral("source")] Source,
        [EnumLiteral("removal")] Removal,
    }

    /// <summary>Actor involved.</summary>
    public partial class AgentComponent : BackboneElement
    {
        public override string TypeName => "Provenance.agent";

        public CodeableConcept? Type { get => Get<CodeableConcept>("type"); set => Set("type", value); }

        public IList<CodeableConcept> Role { get => List<CodeableConcept>("role"); set => SetList("role", value); }

        public ResourceReference? Who { get => Get<ResourceReference>("who"); set => Set("who", value); }

        public ResourceReference? OnBehalfOf { get => Get<ResourceReference>("onBehalfOf"); set => Set("onBehalfOf", value); }
    }

    /// <summary>An entity used in this activity.</summary>
    public partial class EntityComponent : BackboneElement
    {
        public override string TypeName => "Provenance.entity";

        public Code? RoleElement { get => Get<Code>("role"); set => Set("role", value); }

        public ProvenanceEntityRole? Role { get => EnumLiterals.Parse<ProvenanceEntityRole>(GetText("role")); set => SetText<Code>("role", EnumLiterals.Format(value)); }

        public ResourceReference? What { get => Get<ResourceReference>("what"); set => Set("what", value); }

        public IList<AgentComponent> Agent { get => List<AgentComponent>("agent"); set => SetList("agent", value); }
    }
}

