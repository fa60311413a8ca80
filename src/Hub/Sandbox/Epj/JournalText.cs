using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vkp.Sandbox;

/// <summary>The journal entry as a care worker reads it: title, notes, what was dispensed, detected, measured or answered.</summary>
internal static partial class JournalText
{
    private const int CharactersMax = 4000;

    /// <summary>Never empty: a resource nobody wrote a text for is shown by its type.</summary>
    public static string From(IReadOnlyList<JsonObject> resources)
    {
        var lines = resources
            .SelectMany(resource => resource.SelfAndBelow())
            .SelectMany(Lines)
            .Where(line => line.Length > 0)
            .Distinct(StringComparer.Ordinal);
        var text = string.Join('\n', lines);
        if (text.Length == 0) text = string.Join('\n', resources.Select(resource => resource.Text("resourceType") ?? "Ukjent"));
        return text.Length <= CharactersMax ? text : text[..CharactersMax];
    }

    private static IEnumerable<string> Lines(JsonObject resource) => resource.Text("resourceType") switch
    {
        "Composition" => [resource.Text("title") ?? "Journalnotat", Replaces(resource), .. resource.SelfAndBelow().Select(section => (section["text"] as JsonObject)?.Text("div")).OfType<string>().Select(Plain)],
        "MedicationDispense" => [Dispensed(resource), .. resource.Objects("dosageInstruction").Select(dosage => dosage.Text("text") ?? "")],
        "DetectedIssue" => [$"{Concept(resource["code"])} {When(resource.Text("identifiedDateTime"))}".Trim(), resource.Text("detail") ?? "", Status(resource)],
        "Encounter" => [$"Tilsyn {When((resource["period"] as JsonObject)?.Text("start"))}".Trim()],
        "Observation" => [$"{Measured(resource)} {When(resource.Text("effectiveDateTime"))}".Trim(), .. resource.Objects("component").Select(Measured), Status(resource), .. resource.Objects("note").Select(note => note.Text("text") ?? "")],
        "QuestionnaireResponse" => resource.Objects("item").Select(Answered),
        "Communication" => resource.Objects("payload").Select(payload => payload.Text("contentString") ?? ""),
        "Binary" => [PlainText(resource)],
        "CarePlan" => [resource.Text("title") ?? "Plan", resource.Text("description") ?? ""],
        _ => [],
    };

    /// <summary>A value that is corrected or taken back, and an alert that no longer stands, must never look like one that does.</summary>
    private static string Status(JsonObject resource) => resource.Text("status") switch
    {
        "corrected" or "amended" => "Rettet verdi.",
        "entered-in-error" => "Feilregistrert.",
        "cancelled" => "Varselet er avbrutt.",
        _ => "",
    };

    private static string Replaces(JsonObject note) => note.Objects("relatesTo").Any(relation => relation.Text("code") == "replaces") ? "Erstatter et tidligere notat." : "";

    // Dispensed is not taken, and a message acknowledged (3) is neither.
    private static string Dispensed(JsonObject dispense)
    {
        var what = (dispense["category"] as JsonObject)?.Objects("coding").FirstOrDefault()?.Text("code") is ['3', ..] ? "Medisindispenser" : "Medisin utlevert";
        return $"{what} {When(dispense.Text("whenHandedOver"))}: {Concept(dispense["category"])}";
    }

    private static string PlainText(JsonObject binary)
    {
        var bytes = new byte[(binary.Text("data") ?? "").Length];
        return binary.Text("contentType") is "text/plain" && Convert.TryFromBase64String(binary.Text("data") ?? "", bytes, out var length)
            ? System.Text.Encoding.UTF8.GetString(bytes, 0, length)
            : "";
    }

    private static string When(string? time) => DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
        ? OsloTime.From(instant).ToString("dd.MM.yyyy 'kl.' HH:mm", CultureInfo.InvariantCulture)
        : time ?? "";

    private static string Measured(JsonObject observation)
    {
        var quantity = observation["valueQuantity"] as JsonObject;
        var value = quantity is null
            ? observation["valueCodeableConcept"] is { } coded ? Concept(coded) : observation["valueInteger"]?.ToJsonString() ?? observation.Text("valueString")
            : $"{quantity["value"]?.ToJsonString()} {quantity.Text("unit") ?? quantity.Text("code")}".Trim();
        return value is null ? Concept(observation["code"]) : $"{Concept(observation["code"])}: {value}";
    }

    private static string Answered(JsonObject item)
    {
        var answers = item.Objects("answer").Select(answer => answer.Text("valueString") ?? (answer["valueCoding"] as JsonObject)?.Text("display") ?? answer.FirstOrDefault().Value?.ToJsonString());
        return $"{item.Text("text") ?? item.Text("linkId")}: {string.Join(", ", answers)}";
    }

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
