using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;
using Vkp.Hub.Acknowledgement;

namespace Vkp.Hub.DeadLetters;

/// <summary>Which deliveries are meant: all that wait for a person in the municipality, narrowed by what is given.</summary>
public sealed record Selection(int Tenant, string? Code, string? Destination, IReadOnlyList<Guid>? MessageIds)
{
    public bool IsChosenOneByOne => MessageIds is not null;
}

/// <summary>One cause: everything that waits because of it.</summary>
/// <param name="Message">What the last attempt was told, codes and no texts of the EPJ's.</param>
public sealed record ParkedGroup(string Destination, string State, string? Code, string? Message, long Count, DateTimeOffset Oldest, DateTimeOffset Newest, IReadOnlyList<string> Kinds);

/// <summary>One delivery that waits.</summary>
public sealed record ParkedLetter(
    Guid MessageId, string Destination, string State, string? Code, string? Message, int Attempts, int Resends, string Source, string Kind, DateTimeOffset OccurredAt, DateTimeOffset RegisteredAt);

/// <summary>The rows behind what waits for a person.</summary>
public sealed class DeadLetterStore(NpgsqlDataSource database, EventLog store)
{
    public async Task<IReadOnlyList<ParkedGroup>> GroupsAsync(int tenant, CancellationToken ct) =>
        await ReadAsync("DeadLetters.read-groups.sql", tenant, _ => { }, r => new ParkedGroup(
            r.GetString(0), r.GetString(1), TextOrNull(r, 2), TextOrNull(r, 3), r.GetInt64(4), r.GetFieldValue<DateTimeOffset>(5), r.GetFieldValue<DateTimeOffset>(6), r.GetFieldValue<string[]>(7)), ct);

    public async Task<IReadOnlyList<ParkedLetter>> LettersAsync(Selection selection, int rowsMax, CancellationToken ct) =>
        await ReadAsync(
            "DeadLetters.read-letters.sql", selection.Tenant,
            command =>
            {
                AddSelection(command, selection);
                command.Parameters.Add(new() { Value = rowsMax });
            },
            r => new ParkedLetter(
                r.GetGuid(0), r.GetString(1), r.GetString(2), TextOrNull(r, 3), TextOrNull(r, 4), r.GetInt32(5), r.GetInt32(6), r.GetString(7), r.GetString(8),
                r.GetFieldValue<DateTimeOffset>(9), r.GetFieldValue<DateTimeOffset>(10)),
            ct);

    /// <summary>How many an act would touch now.</summary>
    public async Task<long> CountAsync(Selection selection, IReadOnlyList<string> states, CancellationToken ct) =>
        (await ReadAsync(
            "DeadLetters.count-selected.sql", selection.Tenant,
            command =>
            {
                AddTexts(command, states);
                AddSelection(command, selection);
            },
            r => r.GetInt64(0), ct))[0];

    /// <summary>
    /// Locks the next deliveries in the order of the log, lets the act decide about each, and writes rows and facts together; again from the start when another delivery
    /// of one of the messages was finished meanwhile, since what was decided would no longer be so.
    /// </summary>
    /// <param name="decide">What a delivery becomes, and the facts about it. Called again when the page is.</param>
    /// <returns>How many were acted upon, and the last one's place; none when there are no more.</returns>
    public async Task<(int Acted, long LastPosition)> ActAsync(
        Selection selection, IReadOnlyList<string> states, long afterPosition, int rowsMax,
        Func<DeadLetter, CancellationToken, Task<(ActedUpon After, IReadOnlyList<AppendRequest> Facts)>> decide, CancellationToken ct)
    {
        while (true)
        {
            await using var connection = await database.OpenConnectionAsync(ct);
            await using var transaction = await Database.BeginAsync(connection, [selection.Tenant], ct);
            var letters = await LockAsync(transaction, selection, states, afterPosition, rowsMax, ct);
            if (letters.Count == 0) return (0, afterPosition);

            var deliveries = await MessageDeliveries.ReadAsync(transaction, selection.Tenant, letters, ct);
            var (rows, facts) = (new List<(DeadLetter Letter, ActedUpon After)>(letters.Count), new List<AppendRequest>());
            foreach (var letter in letters)
            {
                var (after, about) = await decide(letter with { Elsewhere = deliveries.Of(letter) }, ct);
                deliveries.Note(letter, after);
                rows.Add((letter, after));
                facts.AddRange(about);
            }

            await WriteAsync(transaction, selection.Tenant, rows, ct);
            // DueAt of what goes on is the moment of the act.
            var again = rows.Where(r => r.After.State == "available").ToList();
            if (again.Count > 0) await Offers.RepeatAsync(transaction, selection.Tenant, [.. again.Select(r => (r.Letter.Position, r.Letter.Destination))], again[0].After.DueAt, ct);
            await store.AppendAsync(transaction, facts, ct);
            if (!await deliveries.StandAsync(transaction, ct)) continue;

            await transaction.CommitAsync(ct);
            store.Signal(selection.Tenant);
            return (letters.Count, letters[^1].Position);
        }
    }

    private static async Task<List<DeadLetter>> LockAsync(NpgsqlTransaction transaction, Selection selection, IReadOnlyList<string> states, long afterPosition, int rowsMax, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "DeadLetters.lock-selected.sql");
        command.Parameters.Add(new() { Value = selection.Tenant });
        AddTexts(command, states);
        AddSelection(command, selection);
        command.Parameters.Add(new() { Value = afterPosition });
        command.Parameters.Add(new() { Value = rowsMax });
        var letters = new List<DeadLetter>();
        await using var r = await command.ExecuteReaderAsync(ct);
        while (await r.ReadAsync(ct))
        {
            letters.Add(new DeadLetter(
                r.GetInt64(0), r.GetString(1), r.GetGuid(2), r.GetString(3), r.GetString(4), TextOrNull(r, 5), r.GetInt32(6), r.GetInt32(7), r.GetInt32(8), TextOrNull(r, 9),
                r.GetFieldValue<long[]>(10), r.GetGuid(11), Elsewhere.Nowhere));
        }

        return letters;
    }

    private static async Task WriteAsync(NpgsqlTransaction transaction, int tenant, List<(DeadLetter Letter, ActedUpon After)> rows, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "DeadLetters.write-acts.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.AddColumn(NpgsqlDbType.Bigint, rows, r => r.Letter.Position);
        command.AddTexts(rows, r => r.Letter.Destination);
        command.AddTexts(rows, r => r.After.State);
        command.AddTexts(rows, r => r.After.Code);
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, r => r.After.DueAt.ToUniversalTime());
        command.AddColumn(NpgsqlDbType.TimestampTz, rows, r => r.After.FinishedAt?.ToUniversalTime());
        command.AddColumn(NpgsqlDbType.Uuid, rows, r => r.After.BundleId);
        command.AddColumn(NpgsqlDbType.Integer, rows, r => r.After.Resends);
        command.AddColumn(NpgsqlDbType.Boolean, rows, r => r.After.IsParked);
        command.AddTexts(rows, r => r.After.BeforeWithdrawal);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<IReadOnlyList<T>> ReadAsync<T>(string statement, int tenant, Action<NpgsqlCommand> add, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, statement);
        command.Parameters.Add(new() { Value = tenant });
        add(command);
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(read(reader));
        return rows;
    }

    private static void AddSelection(NpgsqlCommand command, Selection selection)
    {
        command.Parameters.Add(new() { Value = (object?)selection.Code ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)selection.Destination ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)selection.MessageIds?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
    }

    private static void AddTexts(NpgsqlCommand command, IReadOnlyList<string> texts) =>
        command.Parameters.Add(new() { Value = texts.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });

    private static string? TextOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
