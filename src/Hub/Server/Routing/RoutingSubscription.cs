using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Routing;

/// <summary>
/// Turns each page of accepted messages into deliveries, settled messages and waiting cases, in one transaction with its checkpoint:
/// a message is routed once, whatever dies.
/// </summary>
public sealed class RoutingSubscription(EventLog store, MunicipalityRegistry registry, TimeProvider time)
{
    public async Task HandleAsync(SubscriptionPage page, CancellationToken ct)
    {
        var messages = page.Events
            .Where(e => e.Type is MessageEvents.Accepted or MessageEvents.Released)
            .Select(e => (Event: e, Metadata: EventMetadata.Parse(e.Metadata)))
            .ToList();
        if (messages.Count == 0) return;

        var municipality = await registry.CurrentAsync(page.Tenant, ct);
        var cases = await ReadCasesAsync(page, messages.SelectMany(m => m.Metadata.CaseKeys ?? []), ct);
        var work = new PageWork();
        foreach (var (recorded, metadata) in messages)
        {
            var keys = metadata.CaseKeys ?? [];
            var decision = Router.Decide(metadata, municipality, [.. keys.SelectMany(key => cases.GetValueOrDefault(key, []))]);
            Remember(cases, work, recorded, metadata, decision);
            Collect(work, recorded, metadata, decision);
        }

        await WriteAsync(page, work, ct);
    }

    /// <summary>Every id towards an EPJ is derived, so that routing again after a crash makes the same ones.</summary>
    public static Guid BundleId(Guid messageId, string destination) => DeterministicId.From("bundle", messageId.ToString("N"), destination);

    private static void Remember(Dictionary<string, List<CaseEntry>> cases, PageWork work, RecordedEvent recorded, EventMetadata metadata, RouteDecision decision)
    {
        foreach (var key in metadata.CaseKeys ?? [])
        {
            if (!cases.TryGetValue(key, out var entries)) cases[key] = entries = [];
            var closes = metadata.CaseRole == CaseRole.Closes;
            var entry = new CaseEntry(key, metadata.MessageId!.Value, recorded.Position, closes ? metadata.MessageId : null);
            entries.Add(entry);
            work.Cases.Add(entry);
            if (!closes || decision is not RouteDecision.Deliver deliver) continue;

            // The entries are in the document now: a second closing of the same case does not carry them again.
            foreach (var folded in deliver.Folded.Where(f => f.CaseKey == key))
            {
                var closed = folded with { ClosedBy = metadata.MessageId };
                entries[entries.IndexOf(folded)] = closed;
                work.Cases.Add(closed);
            }
        }
    }

    private void Collect(PageWork work, RecordedEvent recorded, EventMetadata metadata, RouteDecision decision)
    {
        switch (decision)
        {
            case RouteDecision.Settle settle:
                work.Facts.Add(new AppendRequest(recorded.Tenant, recorded.Stream, [MessageFacts.Settled(metadata, settle.Reason, null)]));
                break;
            case RouteDecision.Deliver deliver:
                foreach (var destination in deliver.Destinations)
                {
                    work.Deliveries.Add(new NewDelivery(
                        recorded.Position, destination, metadata.MessageId!.Value, BundleId(metadata.MessageId.Value, destination), recorded.Stream.ToString(),
                        metadata.Lane ?? Lane.Routine, [recorded.Position, .. deliver.Folded.Select(f => f.Position)], time.GetUtcNow()));
                }

                break;
        }
    }

    private static async Task<Dictionary<string, List<CaseEntry>>> ReadCasesAsync(SubscriptionPage page, IEnumerable<string> keys, CancellationToken ct)
    {
        var cases = new Dictionary<string, List<CaseEntry>>(StringComparer.Ordinal);
        var wanted = keys.Distinct(StringComparer.Ordinal).ToArray();
        if (wanted.Length == 0) return cases;

        await using var command = Sql.Command(page.Transaction, "Routing.read-cases.sql");
        command.Parameters.Add(new() { Value = page.Tenant });
        command.Parameters.Add(new() { Value = wanted, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var entry = new CaseEntry(reader.GetString(0), reader.GetGuid(1), reader.GetInt64(2), reader.IsDBNull(3) ? null : reader.GetGuid(3));
            if (!cases.TryGetValue(entry.CaseKey, out var entries)) cases[entry.CaseKey] = entries = [];
            entries.Add(entry);
        }

        return cases;
    }

    private async Task WriteAsync(SubscriptionPage page, PageWork work, CancellationToken ct)
    {
        if (work.Cases.Count > 0) await WriteCasesAsync(page, work.Cases, ct);
        if (work.Deliveries.Count > 0) await WriteDeliveriesAsync(page, work.Deliveries, ct);
        if (work.Facts.Count > 0) await store.AppendAsync(page.Transaction, work.Facts, ct);
    }

    private static async Task WriteCasesAsync(SubscriptionPage page, List<CaseEntry> cases, CancellationToken ct)
    {
        // The last word about an entry counts; the statement may not touch a row twice.
        var rows = cases.GroupBy(c => (c.CaseKey, c.MessageId)).Select(g => g.Last()).ToList();
        await using var command = Sql.Command(page.Transaction, "Routing.write-cases.sql");
        command.Parameters.Add(new() { Value = page.Tenant });
        command.Parameters.Add(new() { Value = rows.Select(r => r.CaseKey).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = rows.Select(r => r.MessageId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = rows.Select(r => r.Position).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = rows.Select(r => r.ClosedBy).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static async Task WriteDeliveriesAsync(SubscriptionPage page, List<NewDelivery> rows, CancellationToken ct)
    {
        await using var command = Sql.Command(page.Transaction, "Routing.write-deliveries.sql");
        command.Parameters.Add(new() { Value = page.Tenant });
        command.Parameters.Add(new() { Value = rows.Select(r => r.Position).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = rows.Select(r => r.Destination).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = rows.Select(r => r.MessageId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = rows.Select(r => r.BundleId).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = rows.Select(r => r.Stream).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = rows.Select(r => (short)r.Lane).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        // PostgreSQL has no arrays of arrays of differing length: each row's positions travel as text.
        command.Parameters.Add(new() { Value = rows.Select(r => $"{{{string.Join(',', r.Covers)}}}").ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = rows.Select(r => r.DueAt).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync(ct);
    }

    private sealed class PageWork
    {
        public List<AppendRequest> Facts { get; } = [];

        public List<CaseEntry> Cases { get; } = [];

        public List<NewDelivery> Deliveries { get; } = [];
    }

    private sealed record NewDelivery(long Position, string Destination, Guid MessageId, Guid BundleId, string Stream, Lane Lane, IReadOnlyList<long> Covers, DateTimeOffset DueAt);
}
