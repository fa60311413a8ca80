// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Key information to flag to healthcare providers.</summary>
public partial class Flag : DomainResource
{
    public override string TypeName => "Flag";

    public IList<Identifier> Identifier { get => List<Identifier>("identifier"); set => SetList("identifier", value); }

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public FlagStatus? Status { get => EnumLiterals.Parse<FlagStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public IList<CodeableConcept> Category { get => List<CodeableConcept>("category"); set => SetList("category", value); }

    public CodeableConcept? Code { get => Get<CodeableConcept>("code"); set => Set("code", value); }

    public ResourceReference? Subject { get => Get<ResourceReference>("subject"); set => Set("subject", value); }

    public Period? Period { get => Get<Period>("period"); set => Set("period", value); }

    public ResourceReference? Encounter { get => Get<ResourceReference>("encounter"); set => Set("encounter", value); }

    public ResourceReference? Author { get => Get<ResourceReference>("author"); set => Set("author", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/flag-status</summary>
    public enum FlagStatus
    {
        [EnumLiteral("active")] Active,
        [EnumLiteral("inactive")] Inactive,
        [EnumLiteral("entered-in-error")] EnteredInError,
    }
}

