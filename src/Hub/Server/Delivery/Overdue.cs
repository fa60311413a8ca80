using Npgsql;

namespace Vkp.Hub.Delivery;

/// <summary>A document that a journal system should have taken, or answered, by now.</summary>
/// <param name="TakenAt">When the journal system got it; null when it never did.</param>
public sealed record OverdueDelivery(Guid MessageId, string Destination, string State, string Kind, string? Lane, DateTimeOffset RegisteredAt, DateTimeOffset? TakenAt)
{
    /// <summary>Permanent: `untaken` waits for the journal system to take it, `unanswered` for it to say that it is journaled.</summary>
    public string Waits => TakenAt is null ? "untaken" : "unanswered";
}

/// <param name="Count">How many were counted; <paramref name="First"/> are the most urgent.</param>
/// <param name="More">True when a lane of a destination had as many as are counted of one (<see cref="Limits.OverdueCountedMax"/>): there may be more.</param>
public sealed record OverdueDeliveries(long Count, bool More, IReadOnlyList<OverdueDelivery> First)
{
    public static readonly OverdueDeliveries None = new(0, false, []);
}

/// <summary>Looks for what journal systems owe an answer. A journal system that says nothing is not a journal system that said yes.</summary>
public sealed class Overdue(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Alarms first, then the oldest.</summary>
    public async Task<OverdueDeliveries> OfAsync(int tenant, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (count, more) = (0L, false);
        var first = await Sql.ReadAsync(
            database, "Delivery.read-overdue.sql", tenant,
            command =>
            {
                command.Parameters.Add(new() { Value = now - Limits.UntakenAfter });
                command.Parameters.Add(new() { Value = now - Limits.UnansweredAfter });
                command.Parameters.Add(new() { Value = Limits.OverdueToldMax });
                command.Parameters.Add(new() { Value = Limits.OverdueCountedMax });
            },
            row =>
            {
                (count, more) = (row.GetInt64(7), row.GetBoolean(8));
                return new OverdueDelivery(
                    row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4),
                    row.GetFieldValue<DateTimeOffset>(5), row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6));
            },
            ct);
        return count == 0 ? OverdueDeliveries.None : new OverdueDeliveries(count, more, first);
    }
}
