// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A definition of a set of people that apply to some clinically related context, for example people contraindicated for a certain medication.</summary>
public partial class Population : BackboneType
{
    public override string TypeName => "Population";

    public DataType? Age { get => Get<DataType>("age"); set => Set("age", value); }

    public CodeableConcept? Gender { get => Get<CodeableConcept>("gender"); set => Set("gender", value); }

    public CodeableConcept? Race { get => Get<CodeableConcept>("race"); set => Set("race", value); }

    public CodeableConcept? PhysiologicalCondition { get => Get<CodeableConcept>("physiologicalCondition"); set => Set("physiologicalCondition", value); }
}

