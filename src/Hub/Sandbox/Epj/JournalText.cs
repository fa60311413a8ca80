using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vkp.Sandbox;

/// <summary>The journal entry as a care worker reads it: title, notes, what was dispensed, what was detected.</summary>
internal static partial class JournalText
{
    private const int CharactersMax = 4000;

    public static string From(IEnumerable<JsonObject> resources)
    {
        var lines = resources
            .SelectMany(resource => resource.SelfAndBelow())
            .SelectMany(Lines)
            .Where(line => line.Length > 0)
            .Distinct(StringComparer.Ordinal);
        var text = string.Join('\n', lines);
        return text.Length <= CharactersMax ? text : text[..CharactersMax];
    }

    private static IEnumerable<string> Lines(JsonObject resource) => resource.Text("resourceType") switch
    {
        "Composition" => [resource.Text("title") ?? "Journalnotat", .. resource.SelfAndBelow().Select(section => (section["text"] as JsonObject)?.Text("div")).OfType<string>().Select(Plain)],
        "MedicationDispense" => [$"{Concept(resource["category"])} {resource.Text("whenHandedOver")}".Trim(), .. resource.Objects("dosageInstruction").Select(dosage => dosage.Text("text") ?? "")],
        "DetectedIssue" => [$"{Concept(resource["code"])} {resource.Text("identifiedDateTime")}".Trim(), resource.Text("detail") ?? ""],
        "Encounter" => [$"Tilsyn {(resource["period"] as JsonObject)?.Text("start")}".Trim()],
        _ => [],
    };

    private static string Concept(JsonNode? node)
    {
        if (node is not JsonObject concept) return "";
        var coding = concept.Objects("coding").FirstOrDefault();
        return concept.Text("text") ?? coding?.Text("display") ?? coding?.Text("code") ?? "";
    }

    private static string Plain(string div) => WebUtility.HtmlDecode(Spaces().Replace(Tag().Replace(div, " "), " ")).Trim();

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Spaces();
}
