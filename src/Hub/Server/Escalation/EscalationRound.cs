using Vkp.Hub.Registry;

namespace Vkp.Hub.Escalation;

/// <summary>Something that is not as it should be, and since when; whether that is too long is not said.</summary>
/// <param name="Subject">A message, a destination, a subscription, a sending system or an opened access; never a person or a device.</param>
/// <param name="Count">How many it is about: deliveries that wait, devices that are silent.</param>
public sealed record Trouble(EscalationKind Kind, string Subject, DateTimeOffset Since, long Count);

/// <summary>A trouble that somebody has been called for.</summary>
public sealed record RaisedEscalation(Guid Id, EscalationKind Kind, string Subject, DateTimeOffset Since, long Count, DateTimeOffset RaisedAt, DateTimeOffset? ClearedAt);

/// <summary>What is raised and what is over, from what is so now and what is open already. Pure.</summary>
public static class EscalationRound
{
    /// <summary>
    /// Raised is what has lasted as long as the municipality tolerates and is not open yet. Cleared is what is open and so no more. One trouble is one escalation however
    /// long it lasts and however it grows: a site whose forty devices fall silent one after the other is one.
    /// </summary>
    public static (IReadOnlyList<Trouble> Raised, IReadOnlyList<RaisedEscalation> Cleared) Decide(
        IReadOnlyList<Trouble> troubles, IReadOnlyList<RaisedEscalation> open, EscalationPolicy policy, DateTimeOffset now)
    {
        var isOpen = open.Select(escalation => (escalation.Kind, escalation.Subject)).ToHashSet();
        var isSo = troubles.Select(trouble => (trouble.Kind, trouble.Subject)).ToHashSet();
        return (
            [.. troubles.Where(trouble => !isOpen.Contains((trouble.Kind, trouble.Subject)) && trouble.Since + policy.Tolerated(trouble.Kind) <= now)],
            [.. open.Where(escalation => !isSo.Contains((escalation.Kind, escalation.Subject)))]);
    }
}
