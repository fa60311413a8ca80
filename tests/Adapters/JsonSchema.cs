using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vkp.Adapters.Tests;

/// <summary>
/// The part of JSON Schema 2020-12 that the contracts use. A keyword it does not know is an error, so that no contract says something that is not checked.
/// </summary>
public sealed class JsonSchema(JsonObject root)
{
    private static readonly HashSet<string> Known =
    [
        "$schema", "$id", "$defs", "title", "description", "$ref", "type", "required", "properties", "items", "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum",
        "pattern", "format", "enum", "const", "allOf", "anyOf", "oneOf", "if", "then",
    ];

    public static JsonSchema Of(string vendor) =>
        new(JsonNode.Parse(TestSupport.Repository.ReadText("contracts", "vendors", vendor, "events.schema.json"))!.AsObject());

    /// <summary>The event types it describes.</summary>
    public IEnumerable<string> EventTypes => root["allOf"]!.AsArray().Select(rule => rule!["if"]!["properties"]!["eventType"]!["const"]!.GetValue<string>());

    public bool Allows(JsonNode value) => Allows(root, value);

    private bool Allows(JsonObject schema, JsonNode? value)
    {
        foreach (var keyword in schema)
        {
            if (!Known.Contains(keyword.Key))
                throw new InvalidOperationException($"The keyword '{keyword.Key}' is not checked.");
        }

        return (schema["$ref"] is not { } reference || Allows(Resolve(reference.GetValue<string>()), value))
            && (schema["type"] is not { } type || IsOfType(type.GetValue<string>(), value))
            && AllowsText(schema, value) && AllowsNumber(schema, value) && AllowsList(schema, value) && AllowsObject(schema, value)
            && (schema["enum"] is not { } list || list.AsArray().Any(item => JsonNode.DeepEquals(item, value)))
            && (schema["const"] is not { } only || JsonNode.DeepEquals(only, value))
            && (schema["allOf"] is not { } all || all.AsArray().All(part => Allows(part!.AsObject(), value)))
            && (schema["anyOf"] is not { } any || any.AsArray().Any(part => Allows(part!.AsObject(), value)))
            && (schema["oneOf"] is not { } one || one.AsArray().Count(part => Allows(part!.AsObject(), value)) == 1)
            && (schema["if"] is not { } condition || !Allows(condition.AsObject(), value) || Allows(schema["then"]!.AsObject(), value));
    }

    private bool AllowsObject(JsonObject schema, JsonNode? value)
    {
        if (value is not JsonObject members)
            return true;
        if (schema["required"] is { } required && required.AsArray().Any(name => members[name!.GetValue<string>()] is null))
            return false;
        return schema["properties"] is not { } properties
            || properties.AsObject().All(property => !members.TryGetPropertyValue(property.Key, out var member) || Allows(property.Value!.AsObject(), member));
    }

    private bool AllowsList(JsonObject schema, JsonNode? value) => value is not JsonArray list
        || (list.Count >= Number(schema, "minItems", 0) && list.Count <= Number(schema, "maxItems", decimal.MaxValue)
            && (schema["items"] is not { } items || list.All(item => Allows(items.AsObject(), item))));

    private static bool AllowsNumber(JsonObject schema, JsonNode? value) => value?.GetValueKind() != System.Text.Json.JsonValueKind.Number
        || (value.GetValue<decimal>() >= Number(schema, "minimum", decimal.MinValue) && value.GetValue<decimal>() <= Number(schema, "maximum", decimal.MaxValue));

    private static bool AllowsText(JsonObject schema, JsonNode? value)
    {
        if (value?.GetValueKind() != System.Text.Json.JsonValueKind.String)
            return true;
        var text = value.GetValue<string>();
        return text.Length >= Number(schema, "minLength", 0) && text.Length <= Number(schema, "maxLength", decimal.MaxValue)
            && (schema["pattern"] is not { } pattern || Regex.IsMatch(text, pattern.GetValue<string>(), RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
            && (schema["format"] is not { } format || (format.GetValue<string>() == "date-time" && IsTime(text)));
    }

    private static bool IsTime(string text) => Regex.IsMatch(text, "(Z|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsOfType(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("object", System.Text.Json.JsonValueKind.Object) or ("array", System.Text.Json.JsonValueKind.Array) or ("string", System.Text.Json.JsonValueKind.String)
            or ("number", System.Text.Json.JsonValueKind.Number) or ("boolean", System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False) => true,
        ("integer", System.Text.Json.JsonValueKind.Number) => value!.GetValue<decimal>() == decimal.Truncate(value.GetValue<decimal>()),
        _ => false,
    };

    private static decimal Number(JsonObject schema, string name, decimal absent) => schema[name] is { } limit ? limit.GetValue<decimal>() : absent;

    private JsonObject Resolve(string reference) => root["$defs"]![reference["#/$defs/".Length..]]!.AsObject();
}
