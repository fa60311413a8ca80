using System.Globalization;
using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>What a notification says, and the answers to `$events` and `$status`, which have its form (Subscriptions Backport, R4): the subscription's status as Parameters, then what it tells of.</summary>
/// <param name="Count">Of all events so far.</param>
/// <param name="Events">By their numbers; without a document where the payload is empty.</param>
internal sealed record SubscriptionNotice(string Kind, string Status, long Count, IReadOnlyList<(long Number, FetchedDocument? Document)> Events)
{
    /// <summary>Null for what is none.</summary>
    public static SubscriptionNotice? Read(JsonObject? bundle)
    {
        var entries = bundle?.Objects("entry").ToList() ?? [];
        if (entries.FirstOrDefault()?["resource"] is not JsonObject parameters || parameters.Text("resourceType") != "Parameters") return null;

        var documents = entries.Skip(1).Where(entry => entry["request"] is JsonObject).ToLookup(entry => ((JsonObject)entry["request"]!).Text("url"));
        var events = parameters.Objects("parameter").Where(parameter => parameter.Text("name") == "notification-event").Select(told => Read(told, documents)).ToList();
        return Named(parameters, "parameter", "type")?.Text("valueCode") is { } kind && Number(Named(parameters, "parameter", "events-since-subscription-start")) is { } count && events.All(told => told.Number > 0)
            ? new SubscriptionNotice(kind, Named(parameters, "parameter", "status")?.Text("valueCode") ?? "", count, events)
            : null;
    }

    private static (long Number, FetchedDocument? Document) Read(JsonObject told, ILookup<string?, JsonObject> documents)
    {
        var number = Number(Named(told, "part", "event-number")) ?? 0;
        if ((Named(told, "part", "focus")?["valueReference"] as JsonObject)?.Text("reference")?.Split('/') is not [var type, var id]) return (number, null);

        var sent = documents[$"{type}/{id}"].FirstOrDefault();
        var isGone = (sent?["request"] as JsonObject)?.Text("method") == "DELETE";
        return (number, new FetchedDocument(number, type, id, sent?["resource"] as JsonObject, isGone));
    }

    private static JsonObject? Named(JsonObject parent, string list, string name) => parent.Objects(list).FirstOrDefault(parameter => parameter.Text("name") == name);

    private static long? Number(JsonObject? parameter) => long.TryParse(parameter?.Text("valueString"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
