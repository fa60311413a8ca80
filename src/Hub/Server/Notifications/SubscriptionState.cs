using Vkp.Adapters;
using Vkp.Fhir.Model;
using Vkp.Hub.Delivery;

namespace Vkp.Hub.Notifications;

/// <summary>What a subscription wants done now.</summary>
public abstract record SubscriptionStep
{
    private SubscriptionStep()
    {
    }

    /// <summary>Nothing before that time, unless something new is offered.</summary>
    public sealed record Rest(DateTimeOffset Until) : SubscriptionStep;

    /// <summary>Its end has come.</summary>
    public sealed record End : SubscriptionStep;

    /// <summary>It may not be called, and why.</summary>
    public sealed record Obstacle(VkpError Error) : SubscriptionStep;

    public sealed record Handshake : SubscriptionStep;

    /// <summary>Events by their numbers, both inclusive.</summary>
    public sealed record Notify(long From, long Through) : SubscriptionStep;

    public sealed record Heartbeat : SubscriptionStep;
}

/// <summary>
/// Where a subscription stands. Pure: the fold of what was done and what came of it, with the time given. It is never turned off but by its owner or at the end the
/// owner gave; a failing endpoint is asked again, at most a minute apart unless it asks for more, and always from the first event it has not taken.
/// </summary>
/// <param name="Confirmed">The endpoint has answered a handshake since the subscription was last asked for.</param>
/// <param name="Last">The newest event's number.</param>
/// <param name="Sent">The newest event's number that the endpoint has taken.</param>
/// <param name="Code">Why it is in error; null otherwise.</param>
/// <param name="HeardAt">When the endpoint last answered with success, or when the subscription was made.</param>
/// <param name="DueAt">Nothing is sent before it.</param>
/// <param name="NextAt">When something is due without a new event.</param>
/// <param name="ChangedAt">When the status last changed.</param>
public sealed record SubscriptionState(
    int Tenant, Guid Id, string Destination, string Client, Subscription.SubscriptionStatus Status, long ConfigPosition, bool Confirmed, DateTimeOffset CursorAt, long Last, long Sent,
    int Failures, string? Code, DateTimeOffset HeardAt, DateTimeOffset DueAt, DateTimeOffset NextAt, DateTimeOffset ChangedAt, long Epoch)
{
    /// <param name="obstacle">Why the hub may not call the endpoint now; null when it may.</param>
    public SubscriptionStep Next(SubscriptionTerms terms, VkpError? obstacle, DateTimeOffset now)
    {
        if (Status == Subscription.SubscriptionStatus.Off) return new SubscriptionStep.Rest(DateTimeOffset.MaxValue);
        if (terms.End <= now) return new SubscriptionStep.End();
        if (DueAt > now) return new SubscriptionStep.Rest(DueAt);
        if (obstacle is not null) return new SubscriptionStep.Obstacle(obstacle);
        if (!Confirmed) return new SubscriptionStep.Handshake();
        if (Sent < Last) return new SubscriptionStep.Notify(Sent + 1, Math.Min(Last, Sent + terms.EventsMax));
        return terms.Heartbeat is { } period && HeardAt + period <= now ? new SubscriptionStep.Heartbeat() : new SubscriptionStep.Rest(RestUntil(terms));
    }

    /// <summary>The endpoint took what was sent.</summary>
    public SubscriptionState Succeeded(SubscriptionStep step, SubscriptionTerms terms, DateTimeOffset now)
    {
        var after = In(Subscription.SubscriptionStatus.Active, now) with
        {
            Confirmed = true, Failures = 0, Code = null, HeardAt = now, DueAt = now, Sent = step is SubscriptionStep.Notify notify ? notify.Through : Sent,
        };
        return after with { NextAt = after.RestUntil(terms) };
    }

    /// <summary>It did not, or could not be called.</summary>
    public SubscriptionState Failed(VkpError error, TimeSpan? retryAfter, DateTimeOffset now)
    {
        // As for alarms: a subscriber that is away hears of it within a minute of its return, whatever it subscribes to.
        var dueAt = now + RetrySchedule.Next(Lane.Alarm, Failures + 1, retryAfter);
        return In(Subscription.SubscriptionStatus.Error, now) with { Failures = Failures + 1, Code = error.Code, DueAt = dueAt, NextAt = dueAt };
    }

    public SubscriptionState Ended(DateTimeOffset now) => In(Subscription.SubscriptionStatus.Off, now) with { Code = null, NextAt = DateTimeOffset.MaxValue };

    private SubscriptionState In(Subscription.SubscriptionStatus status, DateTimeOffset now) => status == Status ? this : this with { Status = status, ChangedAt = now };

    private DateTimeOffset RestUntil(SubscriptionTerms terms)
    {
        var heartbeat = terms.Heartbeat is { } period ? HeardAt + period : DateTimeOffset.MaxValue;
        return terms.End is { } end && end < heartbeat ? end : heartbeat;
    }
}
