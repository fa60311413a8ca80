using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Fhir.Model;

namespace Vkp.Hub.Notifications;

/// <summary>
/// What happened to a subscription, on a stream of its own: asked for (with its sealed terms), answering, failing, off, removed. Changes only; that a failing
/// endpoint fails again is no fact of its own. About no message, so that no count of messages is touched.
/// </summary>
public static class SubscriptionFacts
{
    /// <summary>The permanent names.</summary>
    public const string Requested = "SubscriptionRequested";
    public const string Activated = "SubscriptionActivated";
    public const string Failed = "SubscriptionFailed";
    public const string TurnedOff = "SubscriptionTurnedOff";
    public const string Removed = "SubscriptionRemoved";

    public static StreamName StreamOf(Guid subscription) => new("subscription", subscription.ToString("N"));

    /// <summary>The fact of a change of status; null when nothing changed.</summary>
    public static AppendRequest? Of(SubscriptionState before, SubscriptionState after) => before.Status == after.Status ? null : after.Status switch
    {
        Subscription.SubscriptionStatus.Active => Fact(after.Tenant, after.Id, Activated, after.Destination, null, null, after.ChangedAt),
        Subscription.SubscriptionStatus.Error => Fact(after.Tenant, after.Id, Failed, after.Destination, null, after.Code, after.ChangedAt),
        _ => Fact(after.Tenant, after.Id, TurnedOff, after.Destination, null, null, after.ChangedAt),
    };

    /// <param name="author">The access client whose act it was; null when it was nobody's.</param>
    public static AppendRequest Fact(int tenant, Guid subscription, string type, string destination, string? author, string? code, DateTimeOffset at)
    {
        var metadata = new EventMetadata { Destination = destination, Author = author, Code = code };
        return new AppendRequest(tenant, StreamOf(subscription), [new NewEvent(IdOf(tenant, subscription, type, at), type, metadata.ToJson(), ReadOnlyMemory<byte>.Empty)]);
    }

    public static Guid IdOf(int tenant, Guid subscription, string type, DateTimeOffset at) =>
        DeterministicId.From("subscription", tenant.ToString("D9"), subscription.ToString("N"), type, at.ToUniversalTime().ToString("O"));
}
