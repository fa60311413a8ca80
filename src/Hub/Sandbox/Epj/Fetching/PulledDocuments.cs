using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>JFT's read side: lists of each kind of resource, page by page, from the place up to which everything is answered.</summary>
internal sealed class PulledDocuments(HubCalls hub, Faults faults, FetchingPlace place, int pageSize, TimeProvider time) : IDocumentSource
{
    /// <summary>Of one kind in one round: what is later waits until these are answered.</summary>
    private const int DocumentsMax = 2000;

    private static readonly string[] Types = ["Bundle", "Composition", "MedicationDispense"];

    public void Map(IEndpointRouteBuilder routes)
    {
        // It asks, and nobody calls it.
    }

    public async Task<Found> ReadAsync(CancellationToken ct)
    {
        var found = new List<FetchedDocument>();
        long? cutAt = null;
        foreach (var type in Types)
        {
            if (await ListAsync(type, place.Taken, through: null, ct) is not var (listed, isWhole)) return Found.Nothing;
            found.AddRange(listed);
            if (!isWhole) cutAt = Math.Min(cutAt ?? long.MaxValue, listed[^1].Place);
        }

        if (found.Count == 0) return Found.Nothing;

        // A second look at the kinds listed first: what was offered to one of them while the next was listed would come after what is younger.
        var horizon = cutAt ?? found.Max(document => document.Place);
        foreach (var type in Types)
        {
            var last = found.Where(document => document.Type == type).Select(document => document.Place).Append(place.Taken).Max();
            if (last >= horizon) continue;
            if (await ListAsync(type, last, horizon, ct) is not var (late, isWhole) || !isWhole) return Found.Nothing;
            found.AddRange(late);
        }

        if (faults.Take(message: null, isLookUp: true, out var over) is { } fault && await new Stumble(time).StrikesAsync(fault, over, ct)) return Found.Nothing;
        return new Found([.. found.Where(document => document.Place <= horizon).OrderBy(document => document.Place)], cutAt is not null);
    }

    /// <summary>Null when the hub did not give the list.</summary>
    private async Task<(List<FetchedDocument> Documents, bool IsWhole)?> ListAsync(string type, long after, long? through, CancellationToken ct)
    {
        var documents = new List<FetchedDocument>();
        var bounds = (after > 0 ? $"&_lastUpdated=gt{Text(after)}" : "") + (through is { } last ? $"&_lastUpdated=le{Text(last)}" : "");
        var path = $"v1/{type}?_count={pageSize}{bounds}";
        while (documents.Count < DocumentsMax)
        {
            var page = await hub.GetAsync(path, ct);
            if (!page.IsOk || page.Body is null) return null;
            documents.AddRange(page.Body.Objects("entry").Select(entry => entry["resource"]).OfType<JsonObject>().Select(resource => Read(type, resource)).OfType<FetchedDocument>());
            if (page.Body.Objects("link").FirstOrDefault(link => link.Text("relation") == "next")?.Text("url") is not { } next) return (documents, true);
            path = next.TrimStart('/');
        }

        return (documents, false);
    }

    /// <summary>Null for what is no document: the hub's word about those it left out.</summary>
    private static FetchedDocument? Read(string type, JsonObject resource) =>
        resource.Text("resourceType") == type && resource.Text("id") is { } id && (resource["meta"] as JsonObject)?.Text("lastUpdated") is { } offered
            ? new FetchedDocument(DateTimeOffset.Parse(offered, CultureInfo.InvariantCulture).UtcTicks, type, id, resource)
            : null;

    private static string Text(long ticks) => new DateTimeOffset(ticks, TimeSpan.Zero).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
