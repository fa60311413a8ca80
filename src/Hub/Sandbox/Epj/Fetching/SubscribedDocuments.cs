using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <param name="Subscription">The hub's id of it; null before there is one.</param>
/// <param name="Told">The number of the youngest event that is known of, by a call, a heartbeat or an answer.</param>
/// <param name="Taken">Everything up to this event is answered.</param>
/// <param name="Repeats">Events told once more.</param>
/// <param name="Gaps">How often a number showed that something had been missed.</param>
/// <param name="CaughtUp">Events asked for with `$events`.</param>
public sealed record SubscriberCounters(string? Subscription, long Told, long Taken, int Handshakes, int Heartbeats, int Notifications, int Repeats, int Gaps, int CaughtUp);

/// <summary>
/// A FHIR Subscription (R4, Subscriptions Backport): the hub calls when there is something. A call is answered as soon as it is understood, and its documents are
/// taken afterwards: what is lost in between is seen by its number, and asked for.
/// </summary>
internal sealed class SubscribedDocuments(HubCalls hub, Faults faults, FetchingPlace place, Bell bell, SubscriptionTerms terms, TimeProvider time, CancellationToken stopping) : IDocumentSource
{
    public const string Path = "notify";

    private readonly Lock gate = new();
    private readonly SortedDictionary<long, FetchedDocument> heard = [];
    private SubscriberCounters counters = new(place.Subscription, place.Taken, place.Taken, 0, 0, 0, 0, 0, 0);
    private bool isStanding;

    public SubscriberCounters Counters
    {
        get
        {
            lock (gate) return counters with { Subscription = place.Subscription, Taken = place.Taken };
        }
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/" + Path, (RequestDelegate)NotifiedAsync);
        routes.MapGet("/control/subscription", (RequestDelegate)(context => ControlRoutes.WriteJsonAsync(context, JsonSerializer.Serialize(Counters, FetchingJson.Default.SubscriberCounters))));
    }

    public async Task<Found> ReadAsync(CancellationToken ct)
    {
        if (!isStanding) isStanding = await SubscribeAsync(ct);
        if (!isStanding) return Found.Nothing;

        var next = place.Taken + 1;
        // Nothing that could be taken has been told: perhaps because there is nothing, perhaps because the call was lost.
        if (next > Counters.Told) await AskStatusAsync(ct);
        if (!IsHeard(next) && next <= Counters.Told) await CatchUpAsync(next, ct);
        return FindHeard(next);
    }

    private async Task<bool> SubscribeAsync(CancellationToken ct)
    {
        if (place.Subscription is { } known)
        {
            var changed = await hub.SendAsync(HttpMethod.Put, $"fhir/Subscription/{known}", terms.ToResource(), ct);
            if (changed.Status != StatusCodes.Status404NotFound) return changed.IsOk;
        }

        var made = await hub.SendAsync(HttpMethod.Post, "fhir/Subscription", terms.ToResource(), ct);
        if (made.Body?.Text("id") is not { } id || !made.IsOk) return false;

        lock (gate)
        {
            place.Begin(id);
            heard.Clear();
            counters = counters with { Told = 0 };
        }

        return true;
    }

    private async Task AskStatusAsync(CancellationToken ct)
    {
        var answer = await hub.GetAsync($"fhir/Subscription/{place.Subscription}/$status", ct);
        var status = SubscriptionNotice.Read(answer.Body);
        // Removed, or turned off by somebody: asked for again the next time.
        if (answer.Status == StatusCodes.Status404NotFound || status?.Status == "off") isStanding = false;
        if (status is not null) Hear(status);
    }

    private async Task CatchUpAsync(long from, CancellationToken ct)
    {
        long until;
        lock (gate) until = heard.Keys.Where(number => number > from).Append(counters.Told + 1).Min() - 1;
        var answer = await hub.GetAsync($"fhir/Subscription/{place.Subscription}/$events?eventsSinceNumber={from}&eventsUntilNumber={until}&content={terms.Content}", ct);
        if (SubscriptionNotice.Read(answer.Body) is not { } missed) return;
        lock (gate) counters = counters with { CaughtUp = counters.CaughtUp + missed.Events.Count };
        Hear(missed);
    }

    private async Task NotifiedAsync(HttpContext context)
    {
        var body = JsonReading.Object(await Desk.BodyAsync(context));
        if (context.Request.Headers.Authorization != terms.Credential)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var act = new Misbehaviour(context, time, stopping);
        var fault = faults.Take(message: null, isLookUp: true);
        if (fault is { Stage: FaultStage.BeforeJournaling } && await act.StrikesAsync(fault, answer: null)) return;
        var notice = SubscriptionNotice.Read(body);
        if (notice is not null) Count(notice);
        if (fault is { Stage: FaultStage.AfterJournaling } && await act.StrikesAsync(fault, answer: null)) return;
        context.Response.StatusCode = notice is null ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;
    }

    private void Count(SubscriptionNotice notice)
    {
        lock (gate)
        {
            var repeats = notice.Events.Count(told => told.Number <= counters.Told);
            var isGap = notice.Events.Count > 0 ? notice.Events[0].Number > counters.Told + 1 : notice.Kind == "heartbeat" && notice.Count > counters.Told;
            counters = counters with
            {
                Handshakes = counters.Handshakes + (notice.Kind == "handshake" ? 1 : 0),
                Heartbeats = counters.Heartbeats + (notice.Kind == "heartbeat" ? 1 : 0),
                Notifications = counters.Notifications + (notice.Events.Count > 0 ? 1 : 0),
                Repeats = counters.Repeats + repeats,
                Gaps = counters.Gaps + (isGap ? 1 : 0),
            };
        }

        Hear(notice);
        bell.Ring();
    }

    private void Hear(SubscriptionNotice notice)
    {
        lock (gate)
        {
            foreach (var (number, document) in notice.Events)
                if (document is not null && number > place.Taken) heard[number] = document;
            // Beside a handshake or events the count tells of what is on its way; a heartbeat, or an answer to a question, of what should have come.
            var count = notice.Kind is "heartbeat" or "query-status" ? notice.Count : 0;
            counters = counters with { Told = notice.Events.Select(told => told.Number).Append(count).Append(counters.Told).Max() };
        }
    }

    private bool IsHeard(long number)
    {
        lock (gate) return heard.ContainsKey(number);
    }

    /// <summary>What follows without a hole.</summary>
    private Found FindHeard(long next)
    {
        lock (gate)
        {
            foreach (var past in heard.Keys.Where(number => number < next).ToList()) heard.Remove(past);
            var documents = heard.Values.TakeWhile((document, index) => document.Place == next + index).ToList();
            return new Found(documents, HasMore: documents.Count > 0 && documents[^1].Place < counters.Told);
        }
    }
}
