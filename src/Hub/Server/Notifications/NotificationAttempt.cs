using Vkp.Adapters;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Hub.Acknowledgement;
using Vkp.Hub.Delivery;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Notifications;

/// <summary>One call of a subscriber's endpoint: may it be called, what is told, and what came of it. Writes nothing but that a document it handed over was read.</summary>
public sealed class NotificationAttempt(SubscriptionStore subscriptions, DocumentComposer composer, OfferReader offers, MunicipalityRegistry registry, EpjChannel channel, TimeProvider time)
{
    /// <summary>Why the endpoint may not be called now; asked before every call, because the configuration may have changed since the subscription was taken.</summary>
    /// <returns>Whether the destination is paused; then nothing is sent and nothing is wrong.</returns>
    public async Task<(VkpError? Obstacle, bool IsPaused)> PermissionAsync(SubscriptionState state, SubscriptionTerms terms, CancellationToken ct)
    {
        var municipality = await registry.CurrentAsync(state.Tenant, ct);
        if (!municipality.Destinations.TryGetValue(state.Destination, out var destination) || !destination.IsPulled || destination.Client != state.Client) return (Errors.SubscriberGone(state.Destination), false);
        if (!ApprovedEndpoints.Hold(destination.Settings.GetValueOrDefault(ApprovedEndpoints.Setting), terms.Endpoint)) return (Errors.EndpointNotApproved(state.Destination), false);
        return (null, destination.Paused);
    }

    /// <summary>Does the step and folds its outcome.</summary>
    public async Task<SubscriptionState> MakeAsync(SubscriptionState state, SubscriptionTerms terms, SubscriptionStep step, CancellationToken ct)
    {
        var (kind, told, documents) = step switch
        {
            SubscriptionStep.Notify notify => await TellAsync(state, terms.Content, notify.From, notify.Through, ct),
            SubscriptionStep.Heartbeat => (NotificationBundle.Heartbeat, [], []),
            _ => (NotificationBundle.Handshake, [], []),
        };
        var notification = NotificationBundle.Of(step is SubscriptionStep.Handshake ? state with { Status = Subscription.SubscriptionStatus.Requested, Code = null } : state, kind, terms.Content, told, time.GetUtcNow());
        var answer = await SendAsync(state.Tenant, terms, notification, ct);
        if (answer is EpjAnswer.Response { Status: >= 200 and < 300 })
        {
            // The whole document is in the subscriber's hands: its sender sees that it was read. Before the number moves on, so that a crash in between tells it again.
            await offers.MarkReadAsync(state.Tenant, state.Destination, documents, ct);
            return state.Succeeded(step, terms, time.GetUtcNow());
        }

        return answer switch
        {
            EpjAnswer.Response response => state.Failed(Errors.EndpointAnswered(response.Status), response.RetryAfter, time.GetUtcNow()),
            EpjAnswer.NotSent not => state.Failed(Errors.EndpointSilent(not.Reason), null, time.GetUtcNow()),
            EpjAnswer.Unknown unknown => state.Failed(Errors.EndpointSilent(unknown.Reason), null, time.GetUtcNow()),
            _ => throw new InvalidOperationException($"The wire answered {answer.GetType().Name}."),
        };
    }

    /// <summary>Events as they are told, with their documents where the content asks for them.</summary>
    public async Task<(string Kind, IReadOnlyList<NotifiedEvent> Events, IReadOnlyList<ComposedDocument> Documents)> TellAsync(
        SubscriptionState state, PayloadContent content, long from, long through, CancellationToken ct)
    {
        var municipality = await registry.CurrentAsync(state.Tenant, ct);
        var (events, documents) = (new List<NotifiedEvent>(), new List<ComposedDocument>());
        foreach (var numbered in await subscriptions.EventsAsync(state, from, through, ct))
        {
            var document = content == PayloadContent.FullResource && !numbered.IsWithdrawn ? await composer.TryComposeAsync(numbered.Offer.Delivery, ct) : null;
            if (document is not null) documents.Add(document);
            var resource = document is null ? null : FetchedResource.Of(numbered.Form, document, numbered.Offer.OfferedAt, FetchedResource.TagsOf(municipality, numbered.Offer));
            var isTakenBack = numbered.IsWithdrawn || (content == PayloadContent.FullResource && document is null);
            events.Add(new NotifiedEvent(numbered.Number, numbered.Offer.OfferedAt, numbered.Form, numbered.Offer.Delivery.MessageId, resource, isTakenBack));
        }

        if (events.Count != through - from + 1) throw new InvalidOperationException($"Subscription {state.Id} has {events.Count} events from {from} to {through}: its numbers have a hole.");
        return (NotificationBundle.Event, events, documents);
    }

    private async Task<EpjAnswer> SendAsync(int tenant, SubscriptionTerms terms, Bundle notification, CancellationToken ct)
    {
        var request = new EpjRequest("POST", "", "application/fhir+json", FhirJson.Serialize(notification)) { Headers = terms.Headers };
        using var timeout = new CancellationTokenSource(terms.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            return await channel.SendAsync(tenant, terms.Endpoint, request, both.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return new EpjAnswer.Unknown($"no answer within {terms.Timeout.TotalSeconds:0} s");
        }
    }
}
