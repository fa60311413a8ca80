using System.Collections.Immutable;

namespace Vkp.Hub.Registry;

/// <summary>What somebody is called for.</summary>
public enum EscalationKind
{
    /// <summary>A call for help that is in no journal, and that nobody has answered for.</summary>
    Alarm,

    /// <summary>A journal system that cannot be reached, does not fetch, or does not take what it is told.</summary>
    Destination,

    /// <summary>A system or its devices that send heartbeats and have stopped.</summary>
    Silence,

    /// <summary>The hub's own message that does not come through the municipality's path.</summary>
    Canary,

    /// <summary>Access that a person opened for herself, and that nobody else has reviewed.</summary>
    BreakGlass,
}

/// <summary>How long the municipality tolerates what, and who is told.</summary>
/// <param name="SilentMinutes">How long a device that sends heartbeats may be silent before it counts as silent; that is an escalation at once.</param>
/// <param name="Mail">Addresses of units by kind in lower case, `*` for every kind that is not named.</param>
/// <param name="Webhook">Called with every escalation; null = none.</param>
public sealed record EscalationPolicy(int AlarmMinutes, int DestinationMinutes, int SilentMinutes, ImmutableSortedDictionary<string, string> Mail, string? Webhook)
{
    public static readonly EscalationPolicy Initial = new(
        Limits.AlarmMinutesDefault, Limits.DestinationMinutesDefault, Limits.SilentMinutesDefault, ImmutableSortedDictionary<string, string>.Empty, Webhook: null);

    public TimeSpan SilentAfter => TimeSpan.FromMinutes(SilentMinutes);

    /// <summary>How long a trouble may last before somebody is called.</summary>
    public TimeSpan Tolerated(EscalationKind kind) => kind switch
    {
        EscalationKind.Alarm => TimeSpan.FromMinutes(AlarmMinutes),
        EscalationKind.Destination => TimeSpan.FromMinutes(DestinationMinutes),
        EscalationKind.Canary => Limits.CanaryOverdueAfter,
        _ => TimeSpan.Zero,
    };

    /// <summary>The unit's addresses for a kind; empty when nobody is to be written to.</summary>
    public IReadOnlyList<string> MailTo(EscalationKind kind) =>
        Mail.GetValueOrDefault(Name(kind), Mail.GetValueOrDefault("*", "")).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string Name(EscalationKind kind) => kind.ToString().ToLowerInvariant();

    public bool Equals(EscalationPolicy? other) => other is not null && AlarmMinutes == other.AlarmMinutes && DestinationMinutes == other.DestinationMinutes
        && SilentMinutes == other.SilentMinutes && Webhook == other.Webhook && Mail.SequenceEqual(other.Mail);

    public override int GetHashCode() => HashCode.Combine(AlarmMinutes, DestinationMinutes, SilentMinutes, Webhook, Mail.Count);
}
