using System.Globalization;
using Npgsql;

namespace Vkp.EventStore.Retention;

/// <summary>What the events take on disk, and giving back what retention has freed.</summary>
/// <param name="owner">Connects as the owner of the tables: no other role may vacuum them.</param>
public sealed class StoreSpace(NpgsqlDataSource owner, string schema)
{
    /// <summary>Bytes on disk of the events with their indexes and what PostgreSQL keeps apart for large bodies.</summary>
    public async Task<long> MeasureAsync(CancellationToken ct)
    {
        await using var command = owner.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"select pg_total_relation_size('{Table}')"));
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>
    /// Makes the space of removed bodies free for new events, beside live traffic: the files stop growing, and shrink only by empty pages at their
    /// end. PostgreSQL does it by itself some time later too.
    /// </summary>
    public Task ReuseAsync(CancellationToken ct) => ExecuteAsync("vacuum (analyze)", ct);

    /// <summary>
    /// Writes the events anew without the free space and gives the rest back to the disk. Nothing can be appended or read meanwhile, and as much
    /// space as the events take afterwards must be free: for a maintenance window, some 10 s per gigabyte.
    /// </summary>
    public Task ReturnAsync(CancellationToken ct) => ExecuteAsync("vacuum (full, analyze)", ct);

    private string Table => $"{schema}.event";

    private async Task ExecuteAsync(string what, CancellationToken ct)
    {
        MigrationSchema.Check(schema);
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand($"{what} {Table}", connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
