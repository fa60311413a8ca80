using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Escalation;

/// <summary>A notice that is to be sent now.</summary>
/// <param name="Subjects">What it is about; at least one.</param>
public sealed record Notice(
    int Tenant, Guid Id, string Channel, EscalationKind Kind, int Attempt, DateTimeOffset WrittenAt, IReadOnlyList<string> Subjects, DateTimeOffset Since, long Count);

/// <summary>Escalations and their notices in their tables; each change with its facts in one transaction.</summary>
public sealed class EscalationStore(NpgsqlDataSource database, EventLog store)
{
    /// <summary>Alarms looked at in one round, oldest first; with more than this unanswered, the newest wait for the next.</summary>
    private const int AlarmsMax = 5000;

    public async Task<(IReadOnlyList<Trouble> Troubles, IReadOnlyList<RaisedEscalation> Open)> LookAsync(int tenant, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var troubles = await ReadAsync(transaction, "Escalation.find-troubles.sql", [tenant, AlarmsMax],
            reader => new Trouble(Kind(reader.GetString(0)), reader.GetString(1), reader.GetFieldValue<DateTimeOffset>(2), reader.GetInt64(3)), ct);
        return (troubles, await ReadAsync(transaction, "Escalation.read-open.sql", [tenant], Escalation, ct));
    }

    /// <summary>What is open, and what was raised since.</summary>
    public async Task<IReadOnlyList<RaisedEscalation>> ListAsync(int tenant, DateTimeOffset since, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        return await ReadAsync(transaction, "Escalation.read-recent.sql", [tenant, since.ToUniversalTime()], Escalation, ct);
    }

    /// <summary>
    /// Raises and clears, writes what is to be told, and the facts: all or nothing. What another node raised at the same moment is left to it.
    /// </summary>
    /// <returns>What this call raised.</returns>
    public async Task<IReadOnlyList<RaisedEscalation>> WriteAsync(int tenant, IReadOnlyList<Trouble> troubles, IReadOnlyList<RaisedEscalation> over, EscalationPolicy policy, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var asked = troubles.Select(t => new RaisedEscalation(Guid.CreateVersion7(), t.Kind, t.Subject, t.Since, t.Count, now, null)).ToList();
        var inserted = (await InsertAsync(transaction, tenant, asked, now, ct)).ToHashSet();
        var raised = asked.Where(escalation => inserted.Contains(escalation.Id)).ToList();
        var cleared = (await ReadAsync(transaction, "Escalation.clear.sql", [tenant, over.Select(e => e.Id).ToArray(), now.ToUniversalTime()], reader => reader.GetGuid(0), ct)).ToHashSet();
        var notices = EscalationNotices.For(raised, policy);
        if (notices.Count > 0) await WriteNoticesAsync(transaction, tenant, notices, now, ct);

        var facts = raised.Select(e => EscalationFacts.Raised(tenant, e)).Concat(over.Where(e => cleared.Contains(e.Id)).Select(e => EscalationFacts.Cleared(tenant, e))).ToList();
        if (facts.Count > 0) await store.AppendAsync(transaction, facts, ct);
        await transaction.CommitAsync(ct);
        if (facts.Count > 0) store.Signal(tenant);
        return raised;
    }

    /// <summary>Takes what is due to be sent; nobody else takes it within a minute.</summary>
    public async Task<IReadOnlyList<Notice>> TakeNoticesAsync(int tenant, DateTimeOffset now, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var taken = await ReadAsync(transaction, "Escalation.take-notices.sql", [tenant, now.ToUniversalTime()], reader => new Notice(
            tenant, reader.GetGuid(0), reader.GetString(1), Kind(reader.GetString(2)), reader.GetInt32(3), reader.GetFieldValue<DateTimeOffset>(4),
            reader.GetFieldValue<string[]>(5), reader.GetFieldValue<DateTimeOffset>(6), reader.GetInt64(7)), ct);
        await transaction.CommitAsync(ct);
        return taken;
    }

    /// <param name="code">Why it was not sent; null when it was.</param>
    public async Task SettleNoticeAsync(Notice notice, string? code, DateTimeOffset now, DateTimeOffset dueAt, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [notice.Tenant], ct);
        await using var command = Sql.Command(transaction, "Escalation.settle-notice.sql");
        command.Parameters.Add(new() { Value = notice.Tenant });
        command.Parameters.Add(new() { Value = notice.Id });
        command.Parameters.Add(new() { Value = code is null ? now.ToUniversalTime() : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = (object?)code ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = dueAt.ToUniversalTime() });
        await command.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task<IReadOnlyList<Guid>> InsertAsync(NpgsqlTransaction transaction, int tenant, IReadOnlyList<RaisedEscalation> asked, DateTimeOffset now, CancellationToken ct)
    {
        if (asked.Count == 0) return [];
        return await ReadAsync(transaction, "Escalation.raise.sql",
            [tenant, asked.Select(e => e.Id).ToArray(), asked.Select(e => EscalationPolicy.Name(e.Kind)).ToArray(), asked.Select(e => e.Subject).ToArray(), asked.Select(e => e.Since.ToUniversalTime()).ToArray(), asked.Select(e => e.Count).ToArray(), now.ToUniversalTime()],
            reader => reader.GetGuid(0), ct);
    }

    private static async Task WriteNoticesAsync(NpgsqlTransaction transaction, int tenant, IReadOnlyList<(string Channel, EscalationKind Kind, IReadOnlyList<Guid> About)> notices, DateTimeOffset now, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, "Escalation.write-notices.sql");
        command.Parameters.Add(new() { Value = tenant });
        command.AddColumn(NpgsqlDbType.Uuid, notices, _ => Guid.CreateVersion7());
        command.AddTexts(notices, n => n.Channel);
        command.AddTexts(notices, n => EscalationPolicy.Name(n.Kind));
        command.AddLists(notices, n => n.About);
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task<IReadOnlyList<TRow>> ReadAsync<TRow>(NpgsqlTransaction transaction, string statement, object[] values, Func<NpgsqlDataReader, TRow> row, CancellationToken ct)
    {
        await using var command = Sql.Command(transaction, statement);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        var rows = new List<TRow>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) rows.Add(row(reader));
        return rows;
    }

    private static RaisedEscalation Escalation(NpgsqlDataReader reader) => new(
        reader.GetGuid(0), Kind(reader.GetString(1)), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt64(4), reader.GetFieldValue<DateTimeOffset>(5),
        reader.IsDBNull(6) ? null : reader.GetFieldValue<DateTimeOffset>(6));

    private static EscalationKind Kind(string name) => Enum.Parse<EscalationKind>(name, ignoreCase: true);
}
