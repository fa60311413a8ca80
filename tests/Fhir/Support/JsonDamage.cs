using System.Text.Json.Nodes;

namespace Vkp.Fhir.Tests.Support;

/// <summary>Damage to a JSON document at one of its places: a value replaced by a scrap, taken away, or given a shadow.</summary>
internal static class JsonDamage
{
    public static readonly string[] Scraps = ["null", "[]", "{}", "\"\"", "\" \"", "7", "-0.10", "true", "\"2026-13\"", "[null]", "[[1]]", "{\"a\":{}}", "\"urn:uuid:x\"", "1e400", "\"\\u00e6\""];

    public static byte[] Apply(byte[] json, int place, string scrap)
    {
        var root = JsonNode.Parse(json)!;
        var places = new List<Action>();
        Collect(root, places, scrap);
        places[place % places.Count]();
        return System.Text.Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static void Collect(JsonNode node, List<Action> places, string scrap)
    {
        if (node is JsonObject o)
        {
            foreach (var name in o.Select(x => x.Key).ToList())
            {
                places.Add(() => o[name] = JsonNode.Parse(scrap));
                places.Add(() => o.Remove(name));
                places.Add(() => o["_" + name] = JsonNode.Parse(scrap));
                if (o[name] is { } child) Collect(child, places, scrap);
            }
        }
        else if (node is JsonArray a)
        {
            for (var i = 0; i < a.Count; i++)
            {
                var at = i;
                places.Add(() => a[at] = JsonNode.Parse(scrap));
                if (a[i] is { } child) Collect(child, places, scrap);
            }
        }
    }
}
