// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Defines an expected trigger for a module.</summary>
public partial class TriggerDefinition : DataType
{
    public override string TypeName => "TriggerDefinition";

    public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

    public TriggerType? Type { get => EnumLiterals.Parse<TriggerType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

    public FhirString? NameElement { get => Get<FhirString>("name"); set => Set("name", value); }

    public string? Name { get => GetText("name"); set => SetText<FhirString>("name", value); }

    public DataType? Timing { get => Get<DataType>("timing"); set => Set("timing", value); }

    public IList<DataRequirement> Data { get => List<DataRequirement>("data"); set => SetList("data", value); }

    public Expression? Condition { get => Get<Expression>("condition"); set => Set("condition", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/trigger-type</summary>
    public enum TriggerType
    {
        [EnumLiteral("named-event")] NamedEvent,
        [EnumLiteral("periodic")] Periodic,
        [EnumLiteral("data-changed")] DataChanged,
        [EnumLiteral("data-added")] DataAdded,
        [EnumLiteral("data-modified")] DataModified,
        [EnumLiteral("data-removed")] DataRemoved,
        [EnumLiteral("data-accessed")] DataAccessed,
        [EnumLiteral("data-access-ended")] DataAccessEnded,
    }
}

