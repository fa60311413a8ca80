using Vkp.Adapters;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Delivery;

/// <summary>A delivery that is not finished, as the worker holds it.</summary>
/// <param name="Position">The message's place in the municipality's log; deliveries of one key go in this order.</param>
/// <param name="Covers">Positions of the messages in the document, the message itself first.</param>
/// <param name="Attempts">Tries made so far.</param>
public sealed record DeliveryRow(
    int Tenant,
    long Position,
    string Destination,
    Guid MessageId,
    Guid BundleId,
    string Stream,
    Lane Lane,
    IReadOnlyList<long> Covers,
    int Attempts,
    DateTimeOffset DueAt)
{
    /// <summary>Positions of messages that are in the journal already and that the document corrects or adds to.</summary>
    public IReadOnlyList<long> Context { get; init; } = [];

    /// <summary>Messages that are settled when the document is in the journal.</summary>
    public IReadOnlyList<SettledPart> Settles { get; init; } = [];

    public string State { get; init; } = "available";

    /// <summary>How often a person has sent it again.</summary>
    public int Resends { get; init; }

    /// <summary>The receiver has said before that it is in the journal, and is told again.</summary>
    public bool WasJournaled { get; init; }

    /// <summary>It may be in the journal already: the call was begun and its outcome was never known.</summary>
    public bool IsInDoubt => State is "running" or "unknown";

    public DestinationKey DestinationKey => new(Tenant, Destination);

    public LaneKey LaneKey => new(DestinationKey, Lane);

    public OrderKey OrderKey => new(Tenant, Destination, Stream, Lane);
}

/// <summary>One journal system of one municipality.</summary>
public readonly record struct DestinationKey(int Tenant, string Destination);

/// <summary>One lane of one journal system: what waits in it stands in no other's way.</summary>
public readonly record struct LaneKey(DestinationKey Destination, Lane Lane);

/// <summary>What is kept in order: at most one delivery of a key is on its way at a time.</summary>
public readonly record struct OrderKey(int Tenant, string Destination, string Stream, Lane Lane);
