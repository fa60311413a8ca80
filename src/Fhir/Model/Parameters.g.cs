// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Operation Request or Response.</summary>
public partial class Parameters : Resource
{
    public override string TypeName => "Parameters";

    public IList<ParameterComponent> Parameter { get => List<ParameterComponent>("parameter"); set => SetList("parameter", value); }

    /// <summary>Operation Parameter.</summary>
    public partial class ParameterComponent : BackboneElement
    {
        public override string TypeName => "Parameters.parameter";

        public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

        public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

        public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }

        public Resource? Resource { get => Get<Resource>("resource"); set => Set("resource", value); }

        public IList<ParameterComponent> Part { get => List<ParameterComponent>("part"); set => SetList("part", value); }
    }
}

