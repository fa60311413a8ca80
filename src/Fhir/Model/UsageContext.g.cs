// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Describes the context of use for a conformance or knowledge resource.</summary>
public partial class UsageContext : DataType
{
    public override string TypeName => "UsageContext";

    public Coding? Code { get => Get<Coding>("code"); set => Set("code", value); }

    public DataType? Value { get => Get<DataType>("value"); set => Set("value", value); }
}

