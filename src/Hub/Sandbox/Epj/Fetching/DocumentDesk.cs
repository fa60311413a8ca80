using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>
/// What becomes of fetched documents, in order: journaled or refused, and the hub told. What is not told is taken up again and known by the journal.
/// </summary>
internal sealed class DocumentDesk(Verdicts verdicts, HubCalls hub, FetchingPlace place)
{
    private enum Outcome
    {
        Acknowledged,
        Rejected,
        Gone,
        Left,

        /// <summary>The hub cannot be told now, and asking it about the next would be no better.</summary>
        HubAway,
    }

    public async Task<RoundReport> TakeAsync(IReadOnlyList<FetchedDocument> documents, CancellationToken ct)
    {
        var waiting = new HashSet<string>(StringComparer.Ordinal);
        var outcomes = new List<Outcome>();
        foreach (var document in documents.Where(document => !place.IsAnswered(document.Place)))
        {
            outcomes.Add(await TakeAsync(document, waiting, ct));
            if (outcomes[^1] == Outcome.HubAway) break;
            if (outcomes[^1] != Outcome.Left) place.Answer(document.Place);
        }

        place.Advance(documents.Select(document => document.Place));
        int Count(params Outcome[] wanted) => outcomes.Count(outcome => wanted.Contains(outcome));
        return new RoundReport(outcomes.Count, Count(Outcome.Acknowledged), Count(Outcome.Rejected), Count(Outcome.Left, Outcome.HubAway));
    }

    private async Task<Outcome> TakeAsync(FetchedDocument document, HashSet<string> waiting, CancellationToken ct)
    {
        var content = document.Content;
        if (content is null && !document.IsGone)
        {
            var fetched = await hub.GetAsync($"fhir/{document.Type}/{document.Id}", ct);
            if (!fetched.IsOk && !fetched.IsSettled) return Outcome.HubAway;
            content = fetched.IsOk ? fetched.Body : null;
        }

        if (content is null) return Outcome.Gone;
        var message = document.ToMessage(content);
        if (await verdicts.OfAsync(message, waiting, ct) is not { } verdict) return Outcome.Left;

        var told = await TellAsync(document, verdict.Reason, ct);
        if (told.IsMisunderstood)
        {
            Verdicts.Leave(message, waiting);
            return Outcome.Left;
        }

        if (!told.IsOk && !told.IsSettled) return Outcome.HubAway;
        return verdict.Reason is null ? Outcome.Acknowledged : Outcome.Rejected;
    }

    private Task<HubAnswer> TellAsync(FetchedDocument document, string? reason, CancellationToken ct)
    {
        var path = $"v1/{document.Type}/{document.Id}/";
        if (reason is null) return hub.SendAsync(HttpMethod.Post, path + "$journaling-acknowledged", null, ct);

        var why = new JsonObject { ["resourceType"] = "Parameters", ["parameter"] = new JsonArray(new JsonObject { ["name"] = "reason", ["valueCode"] = reason }) };
        return hub.SendAsync(HttpMethod.Post, path + "$journaling-rejected", why, ct);
    }
}
