using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;

namespace Vkp.Hub.Replay;

/// <summary>Which messages of one municipality are replayed. Null lets all pass; several together must all fit.</summary>
/// <param name="PatientStream">The patient's stream, never a number.</param>
/// <param name="Device">A serial number or other identifier of a device.</param>
/// <param name="Vendor">The format it was sent in, `evondos-style`.</param>
/// <param name="Source">The sending system, `Leverandør_System_Kommune`.</param>
/// <param name="State">Where the message is now: held, registered, forwarded, read, journaled, settled, failed, rejected.</param>
/// <param name="From">Occurred at or after.</param>
/// <param name="To">Occurred before.</param>
public sealed record ReplaySelection(
    string OrgNo, string? PatientStream = null, string? Device = null, string? Vendor = null, string? Source = null, string? Kind = null, string? Destination = null, string? State = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null)
{
    /// <summary>Whether where a message is now has a say.</summary>
    public bool AsksForStanding => Destination is not null || State is not null;

    /// <summary>Whether it takes all of a municipality's messages, or all in one state; the device, which no table knows, narrows no estimate.</summary>
    public bool IsOfAll => this with { OrgNo = "", Device = null, State = null } == new ReplaySelection("");

    /// <summary>What the plain part of an event decides. What the hub wrote itself was never translated, and is none of it.</summary>
    public bool Fits(RecordedEvent recorded, EventMetadata metadata) =>
        recorded.Type is MessageEvents.Accepted or MessageEvents.Released or MessageEvents.Held
        && metadata.Adapter != EventMetadata.OwnAdapter
        && (Vendor is null || metadata.Adapter == Vendor)
        && (Source is null || metadata.Source == Source)
        && (Kind is null || metadata.Kind == Kind)
        && (From is null || metadata.OccurredAt >= From)
        && (To is null || metadata.OccurredAt < To);

    /// <summary>What a table of messages can decide, as eight parameters in the order of the statements; the device is in no table.</summary>
    internal void AddTo(NpgsqlCommand command)
    {
        foreach (var text in (string?[])[PatientStream, Vendor, Source, Kind, State, Destination])
            command.Parameters.Add(new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = From ?? DateTimeOffset.MinValue, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = To ?? DateTimeOffset.MaxValue, NpgsqlDbType = NpgsqlDbType.TimestampTz });
    }
}
