using System.Text;
using System.Text.Json.Nodes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Cases;

/// <summary>
/// A document's resources as another patient's: every identifier of the one becomes the other's, every id is new, and what a person is called beside an identifier
/// goes. Pure; the resources given are not changed.
/// </summary>
public static class PatientChange
{
    /// <param name="seed">What the new ids are made from: the same change gives the same ids.</param>
    /// <returns>Null when something of the first patient would remain: a resource about a person, or the number in a text.</returns>
    public static IReadOnlyList<Resource>? Change(IReadOnlyList<Resource> resources, SourceIdentifier from, SourceIdentifier to, string seed)
    {
        if (resources.Any(resource => resource is Patient)) return null;
        var nodes = resources.Select(resource => JsonNode.Parse(FhirJson.Serialize(resource))!).ToList();
        foreach (var node in nodes) Rename(node, from, to);

        var text = new StringBuilder(string.Join('\n', nodes.Select(node => node.ToJsonString())));
        foreach (var id in resources.Select(resource => resource.Id).OfType<string>().Distinct(StringComparer.Ordinal))
            text.Replace(id, DeterministicId.From("moved", seed, id).ToString("D"));
        var changed = text.ToString();
        if (changed.Contains(from.Value, StringComparison.OrdinalIgnoreCase)) return null;
        return [.. changed.Split('\n').Select(line => FhirJson.ParseLenient(Encoding.UTF8.GetBytes(line)).Resource).OfType<Resource>()];
    }

    private static void Rename(JsonNode? node, SourceIdentifier from, SourceIdentifier to)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Rename(item, from, to);
        }

        if (node is not JsonObject members) return;
        if (Is(members, from))
        {
            members["system"] = to.System;
            members["value"] = to.Value;
        }

        // A reference to a person by number carries her name beside it.
        if (members["identifier"] is JsonObject identifier && Is(identifier, from)) members.Remove("display");
        foreach (var (_, value) in members.ToList()) Rename(value, from, to);
    }

    private static bool Is(JsonObject members, SourceIdentifier person) => members["value"] is JsonValue value && value.TryGetValue(out string? text) && text == person.Value;
}
