using System.Globalization;
using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Hub.Notifications;

/// <summary>One event of a subscription: a document became available.</summary>
/// <param name="Form">The kind of resource it is fetched as.</param>
/// <param name="Resource">The document; null when it is not to be sent, or cannot be any more.</param>
/// <param name="IsTakenBack">A correction took its place before anybody fetched it, or its content is gone for good: there is nothing to fetch.</param>
public sealed record NotifiedEvent(long Number, DateTimeOffset OfferedAt, string Form, Guid MessageId, Resource? Resource, bool IsTakenBack);

/// <summary>
/// Notifications as the Backport guide has them in R4: a Bundle of type history, the subscription's status as Parameters first, then what it tells of. Pure.
/// References are relative to the hub's FHIR base: the hub does not know by which name its callers reach it.
/// </summary>
public static class NotificationBundle
{
    /// <summary>The permanent kinds of notification.</summary>
    public const string Handshake = "handshake";
    public const string Heartbeat = "heartbeat";
    public const string Event = "event-notification";
    public const string QueryStatus = "query-status";
    public const string QueryEvent = "query-event";

    /// <summary>The same events make the same entries under the same ids, however often they are sent. What can differ is the count of all events, the status and the time of sending.</summary>
    public static Bundle Of(SubscriptionState state, string kind, PayloadContent content, IReadOnlyList<NotifiedEvent> events, DateTimeOffset now)
    {
        var id = DeterministicId.From("notification", state.Id.ToString("N"), kind, events.Count == 0 ? Text(now.UtcTicks) : $"{events[0].Number}-{events[^1].Number}");
        var status = Status(state, kind, content, events);
        status.Id = DeterministicId.From("notification-status", id.ToString("N")).ToString("D");
        var bundle = new Bundle { Id = id.ToString("D"), Type = Bundle.BundleType.History, Timestamp = now, Meta = new Meta { Profile = [SubscriptionsBackport.NotificationProfile] } };
        bundle.Entry.Add(Entry($"urn:uuid:{status.Id}", status, Bundle.HTTPVerb.GET, $"Subscription/{state.Id:D}/$status", "200"));
        if (content != PayloadContent.FullResource) return bundle;

        // A document stands in a Bundle once: full urls are unique, and a message is offered once to a destination.
        foreach (var told in events)
        {
            var url = $"{told.Form}/{told.MessageId:D}";
            bundle.Entry.Add(told.IsTakenBack
                ? Entry($"urn:uuid:{told.MessageId:D}", null, Bundle.HTTPVerb.DELETE, url, "204")
                : Entry($"urn:uuid:{told.MessageId:D}", told.Resource, Bundle.HTTPVerb.PUT, url, "201"));
        }

        return bundle;
    }

    /// <summary>The subscription's status as Parameters.</summary>
    public static Parameters Status(SubscriptionState state, string kind, PayloadContent content, IReadOnlyList<NotifiedEvent> events)
    {
        var status = new Parameters { Meta = new Meta { Profile = [SubscriptionsBackport.StatusProfile] } };
        status.Parameter.Add(Named("subscription", new ResourceReference($"Subscription/{state.Id:D}")));
        // An empty payload tells nothing of what it is about, and the topic is something.
        if (content != PayloadContent.Empty) status.Parameter.Add(Named("topic", new Canonical(SubscriptionsBackport.DocumentOffered)));
        status.Parameter.Add(Named("status", new Code(EnumLiterals.Format<Subscription.SubscriptionStatus>(state.Status))));
        status.Parameter.Add(Named("type", new Code(kind)));
        status.Parameter.Add(Named("events-since-subscription-start", new FhirString(Text(state.Last))));
        foreach (var told in events) status.Parameter.Add(Told(told, content));
        if (state.Code is { } code) status.Parameter.Add(Named("error", new CodeableConcept(Systems.HubError, code)));
        return status;
    }

    private static Parameters.ParameterComponent Told(NotifiedEvent told, PayloadContent content)
    {
        var parameter = new Parameters.ParameterComponent { Name = "notification-event" };
        parameter.Part.Add(Named("event-number", new FhirString(Text(told.Number))));
        parameter.Part.Add(Named("timestamp", new Instant(told.OfferedAt)));
        if (content != PayloadContent.Empty) parameter.Part.Add(Named("focus", new ResourceReference($"{told.Form}/{told.MessageId:D}")));
        return parameter;
    }

    private static Bundle.EntryComponent Entry(string fullUrl, Resource? resource, Bundle.HTTPVerb method, string url, string status) => new()
    {
        FullUrl = fullUrl,
        Resource = resource,
        Request = new() { Method = method, Url = url },
        Response = new() { Status = status },
    };

    private static Parameters.ParameterComponent Named(string name, DataType value) => new() { Name = name, Value = value };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
