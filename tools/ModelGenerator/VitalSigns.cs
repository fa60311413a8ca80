using System.Text;
using System.Text.Json;

namespace Vkp.ModelGenerator;

/// <summary>R4's vital-signs profiles, cut down to what a validator reads.</summary>
internal static class VitalSigns
{
    private static readonly string[] s_profiles = ["bmi", "bodyheight", "bodytemp", "bodyweight", "bp", "headcircum", "heartrate", "oxygensat", "resprate", "vitalsigns", "vitalspanel"];

    private static readonly string[] s_top = ["resourceType", "id", "url", "version", "name", "title", "status", "fhirVersion", "kind", "abstract", "type", "baseDefinition", "derivation"];

    private static readonly string[] s_element = ["id", "path", "sliceName", "slicing", "short", "min", "max", "type", "constraint", "mustSupport", "binding"];

    private static readonly string[] s_binding = ["strength", "valueSet"];

    private static readonly string[] s_constraint = ["key", "severity", "human", "expression"];

    public static IEnumerable<(string Path, string Text)> Files(R4Package package) =>
        s_profiles.Select(x => ($"Definitions/StructureDefinition-{x}.g.json", Trim(package.Structure(x))));

    /// <summary>The value sets that the profiles bind.</summary>
    public static IEnumerable<(string ValueSet, string Strength)> Bindings(R4Package package) => s_profiles
        .SelectMany(x => package.Structure(x).GetProperty("differential").GetProperty("element").EnumerateArray())
        .Where(static e => e.TryGetProperty("binding", out var b) && b.TryGetProperty("valueSet", out _))
        .Select(static e => (e.GetProperty("binding").GetProperty("valueSet").GetString()!.Split('|')[0], e.GetProperty("binding").GetProperty("strength").GetString()!));

    private static string Trim(JsonElement definition)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            Copy(writer, definition, static name => s_top.Contains(name));
            writer.WriteStartObject("differential");
            writer.WriteStartArray("element");
            foreach (var element in definition.GetProperty("differential").GetProperty("element").EnumerateArray()) WriteElement(writer, element);
            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteElement(Utf8JsonWriter writer, JsonElement element)
    {
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            if (property.Name == "binding")
            {
                writer.WriteStartObject("binding");
                Copy(writer, property.Value, static name => s_binding.Contains(name));
                writer.WriteEndObject();
            }
            else if (property.Name == "constraint")
            {
                writer.WriteStartArray("constraint");
                foreach (var constraint in property.Value.EnumerateArray())
                {
                    writer.WriteStartObject();
                    Copy(writer, constraint, static name => s_constraint.Contains(name));
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }
            else if (s_element.Contains(property.Name) || property.Name.StartsWith("fixed", StringComparison.Ordinal) || property.Name.StartsWith("pattern", StringComparison.Ordinal))
            {
                property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private static void Copy(Utf8JsonWriter writer, JsonElement from, Func<string, bool> wanted)
    {
        foreach (var property in from.EnumerateObject())
        {
            if (wanted(property.Name)) property.WriteTo(writer);
        }
    }
}
