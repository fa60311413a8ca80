using Npgsql;
using Vkp.Adapters;

namespace Vkp.Hub.AsOf;

/// <summary>What waited for a destination at a time.</summary>
/// <param name="IsCut">More waited than are named.</param>
public sealed record QueuePicture(string OrgNo, string Destination, DateTimeOffset At, IReadOnlyList<QueuedMessage> Messages, bool IsCut);

/// <param name="Attempts">Tries that had ended by then.</param>
public sealed record QueuedMessage(Guid MessageId, Lane Lane, DateTimeOffset RegisteredAt, long Attempts);

/// <summary>A destination's queue as of a time: what was registered by then and came to its end there later, or has not yet.</summary>
public sealed class QueueAsOf(NpgsqlDataSource database)
{
    public async Task<QueuePicture> ReadAsync(int tenant, string destination, DateTimeOffset at, CancellationToken ct)
    {
        var waiting = await Sql.ReadAsync(
            database, "AsOf.read-queue.sql", tenant,
            command =>
            {
                command.Parameters.Add(new() { Value = destination });
                command.Parameters.Add(new() { Value = at.ToUniversalTime() });
                command.Parameters.Add(new() { Value = Limits.TraceMessagesMax + 1 });
            },
            r => new QueuedMessage(r.GetGuid(0), (Lane)r.GetInt16(1), r.GetFieldValue<DateTimeOffset>(2), r.GetInt64(3)), ct);
        return new QueuePicture(tenant.ToString("D9"), destination, at, [.. waiting.Take(Limits.TraceMessagesMax)], waiting.Count > Limits.TraceMessagesMax);
    }
}
