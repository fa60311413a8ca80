using System.Text.Json;
using Vkp.Fhir.Definitions;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Json;

/// <summary>Walks the slots of a node and writes them. Numbers are written as their text, so that no digit is lost.</summary>
internal static class NodeWriter
{
    private static readonly JsonEncodedText s_resourceType = JsonEncodedText.Encode("resourceType");

    public static void Write(Utf8JsonWriter writer, FhirNode node)
    {
        writer.WriteStartObject();
        if (node is Resource) writer.WriteString(s_resourceType, node.TypeName);
        foreach (ref readonly var slot in node.Slots) WriteSlot(writer, slot);
        writer.WriteEndObject();
    }

    private static void WriteSlot(Utf8JsonWriter writer, in NodeSlot slot)
    {
        switch (slot.Value)
        {
            case PrimitiveType primitive:
                WritePrimitive(writer, slot.Element, primitive);
                break;
            case FhirNode node when !node.IsEmpty || node is Resource:
                writer.WritePropertyName(slot.Element.JsonNames(node.TypeName).Name);
                Write(writer, node);
                break;
            case NodeList list:
                WriteList(writer, slot.Element, list.Items);
                break;
            case RawJson raw:
                writer.WritePropertyName(slot.Element.Name);
                writer.WriteRawValue(raw.Utf8.Span, skipInputValidation: true);
                break;
        }
    }

    private static void WritePrimitive(Utf8JsonWriter writer, ElementRow element, PrimitiveType primitive)
    {
        var names = element.JsonNames(primitive.TypeName);
        if (!string.IsNullOrEmpty(primitive.Text))
        {
            writer.WritePropertyName(names.Name);
            WriteText(writer, primitive);
        }

        if (primitive.SlotCount == 0) return;
        writer.WritePropertyName(names.Shadow);
        Write(writer, primitive);
    }

    private static void WriteList(Utf8JsonWriter writer, ElementRow element, List<FhirNode> items)
    {
        if (items.Count == 0 || items.TrueForAll(static x => x.IsEmpty && x is not Resource)) return;
        var names = element.JsonNames(items[0].TypeName);
        if (items[0] is PrimitiveType)
        {
            WritePrimitives(writer, names.Name, names.Shadow, items);
            return;
        }

        writer.WriteStartArray(names.Name);
        foreach (var item in items)
        {
            if (!item.IsEmpty || item is Resource) Write(writer, item);
        }

        writer.WriteEndArray();
    }

    /// <summary>Values and extensions stand in two arrays that go in step; null fills the gaps.</summary>
    private static void WritePrimitives(Utf8JsonWriter writer, JsonEncodedText name, JsonEncodedText shadow, List<FhirNode> items)
    {
        if (items.Exists(static x => ((PrimitiveType)x).Text is { Length: > 0 }))
        {
            writer.WriteStartArray(name);
            foreach (var item in items)
            {
                if (item is PrimitiveType { Text.Length: > 0 } primitive) WriteText(writer, primitive);
                else if (!item.IsEmpty) writer.WriteNullValue();
            }

            writer.WriteEndArray();
        }

        if (!items.Exists(static x => x.SlotCount > 0)) return;
        writer.WriteStartArray(shadow);
        foreach (var item in items)
        {
            if (item.SlotCount > 0) Write(writer, item);
            else if (!item.IsEmpty) writer.WriteNullValue();
        }

        writer.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter writer, PrimitiveType primitive)
    {
        var text = primitive.Text!;
        switch (primitive)
        {
            case FhirBoolean when text is "true" or "false":
                writer.WriteBooleanValue(text == "true");
                break;
            case FhirDecimal or Integer when FhirFormats.IsDecimal(text):
                writer.WriteRawValue(text, skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }
}
