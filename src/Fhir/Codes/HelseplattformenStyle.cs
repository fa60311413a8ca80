namespace Vkp.Fhir.Codes;

/// <summary>The names of the Helseplattformen-style dialect. Our own model: `contracts/fhir/helseplattformen-style` writes it down.</summary>
public static class HelseplattformenStyle
{
    /// <summary>Identifier system of the hub's ids in that dialect.</summary>
    public const string MessageSystem = "urn:x-vkp:helseplattformen-style:message";

    public const string Transaction = "urn:x-vkp:helseplattformen-style:StructureDefinition:journal-transaction";
    public const string Note = "urn:x-vkp:helseplattformen-style:StructureDefinition:journal-note";
    public const string Measurement = "urn:x-vkp:helseplattformen-style:StructureDefinition:measurement";
}
