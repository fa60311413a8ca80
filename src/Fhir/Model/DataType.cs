namespace Vkp.Fhir.Model;

/// <summary>What a choice element (`value[x]`) can hold: any data type.</summary>
public abstract class DataType : Element;

/// <summary>A data type that may carry modifier extensions: Timing, Dosage, ElementDefinition and the like.</summary>
public abstract class BackboneType : DataType
{
    public IList<Extension> ModifierExtension { get => List<Extension>("modifierExtension"); set => SetList("modifierExtension", value); }
}

/// <summary>A resource whose type the model has no class for (Group, Procedure, or not R4 at all). Kept and passed on as it came.</summary>
public sealed class OpaqueResource(string typeName) : Resource
{
    public override string TypeName { get; } = typeName;

    internal override FhirNode CreateSame() => new OpaqueResource(TypeName);
}
