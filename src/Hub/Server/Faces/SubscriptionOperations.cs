using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Hub.Acknowledgement;
using Vkp.Hub.Notifications;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Faces;

/// <summary>
/// What a subscriber asks about its subscriptions: `$status`, and `$events` for what it missed, both by GET or by POST of Parameters. What is handed
/// over here is read, as on the read side.
/// </summary>
public sealed class SubscriptionOperations(
    AccessTokens tokens, SubscriptionRegister register, SubscriptionStore subscriptions, NotificationAttempt notifications, OfferReader offers, TimeProvider time)
{
    private const string Address = "/fhir/Subscription";

    public void Map(IEndpointRouteBuilder routes)
    {
        string[] verbs = ["GET", "POST"];
        routes.MapMethods(Address + "/$status", verbs, http => StatusAsync(http, null));
        routes.MapMethods(Address + "/{id}/$status", verbs, (HttpContext http, string id) => StatusAsync(http, id));
        routes.MapMethods(Address + "/{id}/$events", verbs, EventsAsync);
    }

    private async Task StatusAsync(HttpContext http, string? id)
    {
        if (await SubscriptionFace.ReaderAsync(tokens, http) is not { } reader || await AskedAsync(http, "id", "status") is not { } asked) return;

        var known = Guid.Empty;
        var states = id is not null && !Guid.TryParse(id, out known) ? [] : await subscriptions.ReadAsync(reader.Tenant, reader.ClientId, id is null ? null : known, http.RequestAborted);
        if (id is not null && states.Count == 0)
        {
            await Outcome.WriteErrorsAsync(http.Response, [Errors.NoSuchSubscription(id)]);
            return;
        }

        var answer = new Bundle { Type = Bundle.BundleType.Searchset };
        foreach (var state in states.Where(state => id is not null || IsAskedFor(asked, "id", state.Id.ToString("D")) && IsAskedFor(asked, "status", EnumLiterals.Format<Subscription.SubscriptionStatus>(state.Status)!)))
        {
            var status = NotificationBundle.Status(state, NotificationBundle.QueryStatus, PayloadContent.IdOnly, []);
            status.Id = DeterministicId.From("subscription-status", state.Id.ToString("N")).ToString("D");
            answer.Entry.Add(new Bundle.EntryComponent($"urn:uuid:{status.Id}", status) { Search = new() { Mode = Bundle.SearchEntryMode.Match } });
        }

        answer.Total = answer.Entry.Count;
        await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, answer);
    }

    /// <summary>A page of events by their numbers, from the first one asked for; what there is beyond the page the count of all events tells.</summary>
    private async Task EventsAsync(HttpContext http, string id)
    {
        if (await SubscriptionFace.ReaderAsync(tokens, http) is not { } reader || await AskedAsync(http, "eventsSinceNumber", "eventsUntilNumber", "content") is not { } asked) return;

        var state = Guid.TryParse(id, out var known) ? await register.StateAsync(reader.Tenant, reader.ClientId, known, http.RequestAborted) : null;
        var wrong = state is null ? Errors.NoSuchSubscription(id) : reader.Destination!.Paused ? Errors.DestinationPaused(reader.Destination.Name) : null;
        if (!TryNumber(asked, "eventsSinceNumber", 1, out var from)) wrong ??= Errors.BadParameter("eventsSinceNumber", "the number of an event, from 1");
        if (!TryNumber(asked, "eventsUntilNumber", long.MaxValue, out var until) || until < from) wrong ??= Errors.BadParameter("eventsUntilNumber", "the number of an event, not before eventsSinceNumber");
        var content = PayloadContent.Empty;
        if (wrong is null)
        {
            var wanted = asked.FirstOrDefault(p => p.Name == "content").Value;
            if (wanted is null) content = (await register.TermsAsync(state!.Tenant, state.ConfigPosition, http.RequestAborted)).Content;
            else if (EnumLiterals.Parse<PayloadContent>(wanted) is { } chosen) content = chosen;
            else wrong = Errors.BadParameter("content", "empty, id-only or full-resource");
        }

        if (wrong is not null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [wrong]);
            return;
        }

        var through = Math.Min(Math.Min(until, state!.Last), from + Limits.NotificationEventsMax - 1);
        var (_, events, documents) = through < from ? ("", [], []) : await notifications.TellAsync(state, content, from, through, http.RequestAborted);
        await offers.MarkReadAsync(reader.Tenant, reader.Destination!.Name, documents, http.RequestAborted);
        await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, NotificationBundle.Of(state, NotificationBundle.QueryEvent, content, events, time.GetUtcNow()));
    }

    /// <summary>The operation's parameters, from the address or from a posted Parameters resource; null when they were refused, and then it is answered already.</summary>
    private static async Task<IReadOnlyList<(string Name, string? Value)>?> AskedAsync(HttpContext http, params string[] known)
    {
        var (address, wrong) = FormBody.Read(http.Request.QueryString.Value ?? "");
        List<(string Name, string? Value)> asked = [.. address.Select(p => (p.Name, (string?)p.Value))];
        if (HttpMethods.IsPost(http.Request.Method) && http.Request.ContentLength is not 0)
        {
            var (body, unreadable) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
            wrong ??= unreadable;
            if (wrong is null && FhirJson.ParseStrict(body).Resource is not Parameters posted) wrong = Errors.OtherResourceType("Parameters");
            else if (wrong is null) asked.AddRange(((Parameters)FhirJson.ParseStrict(body).Resource!).Parameter.Select(p => (p.Name ?? "", (p.Value as PrimitiveType)?.Text)));
        }

        if (wrong is null && asked.Any(p => !known.Contains(p.Name, StringComparer.Ordinal))) wrong = Errors.UnknownParameter(string.Join(", ", known));
        if (wrong is null) return asked;

        await Outcome.WriteErrorsAsync(http.Response, [wrong]);
        return null;
    }

    private static bool IsAskedFor(IReadOnlyList<(string Name, string? Value)> asked, string name, string value) =>
        asked.All(p => p.Name != name) || asked.Any(p => p.Name == name && p.Value?.Split(',').Contains(value, StringComparer.Ordinal) == true);

    private static bool TryNumber(IReadOnlyList<(string Name, string? Value)> asked, string name, long otherwise, out long number)
    {
        number = otherwise;
        return asked.FirstOrDefault(p => p.Name == name) is not { Name: not null } given || (long.TryParse(given.Value, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0);
    }
}
