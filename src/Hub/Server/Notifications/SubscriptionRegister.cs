using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Notifications;

/// <summary>
/// Takes, changes and shows subscriptions. What a client asked for is sealed into the log as it came, secrets included; everybody but the endpoint sees it without
/// them. A client sees its own subscriptions only.
/// </summary>
public sealed class SubscriptionRegister(EventLog store, Vault vault, SubscriptionStore subscriptions, TimeProvider time)
{
    /// <param name="destination">The journal system the client fetches for.</param>
    public async Task<(Subscription? Taken, IReadOnlyList<VkpError> Errors)> CreateAsync(int tenant, Destination destination, string client, Subscription asked, CancellationToken ct)
    {
        if (Check(asked, destination) is { Count: > 0 } errors) return (null, errors);
        if (await subscriptions.CountAsync(tenant, destination.Name, ct) >= Limits.SubscriptionsPerDestinationMax) return (null, [Errors.TooManySubscriptions(Limits.SubscriptionsPerDestinationMax)]);

        var id = Guid.CreateVersion7();
        var now = time.GetUtcNow();
        // Sealed first: an event that no row names does no harm, a row without its terms would.
        var position = await SealAsync(tenant, id, destination.Name, client, asked, now, ct);
        await subscriptions.InsertAsync(tenant, id, destination.Name, client, position, now, ct);
        return (await FindAsync(tenant, client, id, ct), []);
    }

    /// <summary>Replaces the terms and asks for a handshake anew, or turns it off when that is the status sent. Numbers go on where they were.</summary>
    public async Task<(Subscription? Taken, IReadOnlyList<VkpError> Errors)> ChangeAsync(int tenant, Destination destination, string client, Guid id, Subscription asked, CancellationToken ct)
    {
        if (await StateAsync(tenant, client, id, ct) is not { } state) return (null, [Errors.NoSuchSubscription(id.ToString())]);

        SubscriptionTerms.KeepSecrets(asked, await OpenAsync(state, ct));
        if (Check(asked, destination) is { Count: > 0 } errors) return (null, errors);

        var now = time.GetUtcNow();
        var isOff = asked.Status == Subscription.SubscriptionStatus.Off;
        var position = await SealAsync(tenant, id, destination.Name, client, asked, now, ct);
        if (!await subscriptions.ChangeAsync(tenant, client, id, position, isOff, now, ct)) return (null, [Errors.NoSuchSubscription(id.ToString())]);
        if (isOff) await store.AppendAsync(SubscriptionFacts.Fact(tenant, id, SubscriptionFacts.TurnedOff, destination.Name, client, null, now), ct);
        return (await FindAsync(tenant, client, id, ct), []);
    }

    /// <summary>False when the client has no such subscription.</summary>
    public async Task<bool> RemoveAsync(int tenant, string client, Guid id, CancellationToken ct)
    {
        if (await subscriptions.RemoveAsync(tenant, client, id, ct) is not { } destination) return false;

        await store.AppendAsync(SubscriptionFacts.Fact(tenant, id, SubscriptionFacts.Removed, destination, client, null, time.GetUtcNow()), ct);
        return true;
    }

    /// <summary>The resource as its owner sees it, without secrets; null when the client has no such subscription.</summary>
    public async Task<Subscription?> FindAsync(int tenant, string client, Guid id, CancellationToken ct) =>
        await StateAsync(tenant, client, id, ct) is { } state ? await ShowAsync(state, ct) : null;

    public async Task<SubscriptionState?> StateAsync(int tenant, string client, Guid id, CancellationToken ct) =>
        (await subscriptions.ReadAsync(tenant, client, id, ct)) is [var state] ? state : null;

    public async Task<Subscription> ShowAsync(SubscriptionState state, CancellationToken ct)
    {
        var shown = await OpenAsync(state, ct);
        SubscriptionTerms.HideSecrets(shown);
        shown.Id = state.Id.ToString("D");
        shown.Meta ??= new Meta();
        shown.Meta.LastUpdated = state.ChangedAt;
        shown.Status = state.Status;
        shown.Error = state.Code is null ? null : $"{state.Code}; event {state.Sent + 1} of {state.Last} is next";
        return shown;
    }

    /// <summary>What it asks for, secrets included: for sending.</summary>
    public async Task<SubscriptionTerms> TermsAsync(int tenant, long configPosition, CancellationToken ct)
    {
        var (terms, errors) = SubscriptionTerms.Read(await OpenAsync(tenant, configPosition, ct));
        return terms ?? throw new InvalidOperationException($"The terms at position {configPosition} of tenant {tenant} cannot be read any more: {errors[0].Code}.");
    }

    private static IReadOnlyList<VkpError> Check(Subscription asked, Destination destination)
    {
        var (terms, errors) = SubscriptionTerms.Read(asked);
        if (terms is null) return errors;
        return ApprovedEndpoints.Hold(destination.Settings.GetValueOrDefault(ApprovedEndpoints.Setting), terms.Endpoint) ? [] : [Errors.EndpointNotApproved(destination.Name)];
    }

    private Task<Subscription> OpenAsync(SubscriptionState state, CancellationToken ct) => OpenAsync(state.Tenant, state.ConfigPosition, ct);

    private async Task<Subscription> OpenAsync(int tenant, long position, CancellationToken ct)
    {
        var body = await vault.OpenAsync(await store.ReadPositionAsync(tenant, position, ct), ct);
        return FhirJson.ParseLenient(body).Resource as Subscription ?? throw new InvalidOperationException($"Position {position} of tenant {tenant} holds no subscription.");
    }

    private async Task<long> SealAsync(int tenant, Guid id, string destination, string client, Subscription asked, DateTimeOffset now, CancellationToken ct)
    {
        var stream = SubscriptionFacts.StreamOf(id);
        var eventId = SubscriptionFacts.IdOf(tenant, id, SubscriptionFacts.Requested, now);
        var body = await vault.SealAsync(tenant, stream, eventId, FhirJson.Serialize(asked), ct);
        var metadata = new EventMetadata { Destination = destination, Author = client };
        var result = await store.AppendAsync(new AppendRequest(tenant, stream, [new NewEvent(eventId, SubscriptionFacts.Requested, metadata.ToJson(), body)]), ct);
        return ((AppendResult.Appended)result).FirstPosition;
    }
}
