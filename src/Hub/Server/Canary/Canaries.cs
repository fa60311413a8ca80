using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Canary;

/// <summary>
/// Sends a message of the hub's own through each municipality's path, sealed, stored, routed, delivered and settled as every message is, and knows when the newest that
/// came through was sent. It is about nobody, ends in a sink inside the hub, and is an event of a type of its own, so that no count of messages can hold it.
/// </summary>
/// <param name="every">How often; null = never.</param>
public sealed class Canaries(NpgsqlDataSource database, EventLog store, Vault vault, MunicipalityRegistry registry, TimeSpan? every, TimeProvider time) : IDisposable
{
    /// <summary>The name under which the gauge is found.</summary>
    public const string MeterName = "vkp.canary";

    /// <summary>The hub itself as a source. No vendor system can be it: a vkp-id has two underscores.</summary>
    public const string Source = "hub:canary";

    /// <summary>The destination it is delivered to, which is in no configuration.</summary>
    public const string Sink = "hub:canary";

    /// <summary>The category of the stream a municipality's canaries stand on.</summary>
    public const string Category = "canary";

    /// <summary>The permanent name of its event.</summary>
    public const string SentEvent = "CanarySent";

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<int, DateTimeOffset> heard = new();
    private Meter? meter;
    private DateTimeOffset nextAt;

    public void Dispose() => meter?.Dispose();

    /// <summary>Sends what is due in every municipality, and looks what has come through.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (every is not { } interval || now < nextAt) return;

        nextAt = now + LookInterval;
        meter ??= Measure();
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            if (!(await registry.CurrentAsync(tenant, ct)).IsRegistered) continue;
            await SendAsync(tenant, now, now - interval, ct);
            if (await HeardAsync(tenant, ct) is { } at) heard[tenant] = at;
        }
    }

    /// <summary>When the newest canary that came through was sent; while none has, when the first was. Null before there is any.</summary>
    public async Task<DateTimeOffset?> HeardAsync(int tenant, CancellationToken ct) =>
        await Sql.ReadAsync(database, "Canary.read.sql", tenant, _ => { }, reader => reader.GetFieldValue<DateTimeOffset>(0), ct) is [var at] ? at : null;

    /// <summary>Notes the canaries that a page of the log says have come through; in the page's transaction.</summary>
    public static async Task NoteArrivalsAsync(SubscriptionPage page, CancellationToken ct)
    {
        foreach (var arrived in page.Events.Where(e => e.Stream.Category == Category && e.Type == MessageEvents.Journaled))
        {
            await using var command = Sql.Command(page.Transaction, "Canary.arrive.sql");
            command.Parameters.Add(new() { Value = page.Tenant });
            command.Parameters.Add(new() { Value = EventMetadata.Parse(arrived.Metadata).MessageId!.Value });
            command.Parameters.Add(new() { Value = arrived.RecordedAt.ToUniversalTime() });
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    /// <summary>The row and the event together: what is said to be on its way is on its way.</summary>
    private async Task SendAsync(int tenant, DateTimeOffset now, DateTimeOffset lastBefore, CancellationToken ct)
    {
        var id = Guid.CreateVersion7();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using (var command = Sql.Command(transaction, "Canary.send.sql"))
        {
            foreach (object value in (object[])[tenant, id, now.ToUniversalTime(), lastBefore.ToUniversalTime()]) command.Parameters.Add(new() { Value = value });
            if (await command.ExecuteScalarAsync(ct) is null) return;
        }

        var stream = new StreamName(Category, tenant.ToString("D9"));
        var metadata = new EventMetadata { MessageId = id, Source = Source, Adapter = EventMetadata.OwnAdapter, Kind = "canary", Lane = Lane.Routine, OccurredAt = now };
        var body = new MessageBody(ReadOnlyMemory<byte>.Empty, id.ToString("D"), metadata.Kind, Patient: null, Device: null, [], []);
        var sealedBody = await vault.SealAsync(tenant, stream, id, body.ToBytes(), ct);
        await store.AppendAsync(transaction, [new AppendRequest(tenant, stream, [new NewEvent(id, SentEvent, metadata.ToJson(), sealedBody)])], ct);
        await transaction.CommitAsync(ct);
        store.Signal(tenant);
    }

    private Meter Measure()
    {
        var made = new Meter(MeterName);
        made.CreateObservableGauge(
            "vkp_canary_age_seconds", () => heard.Select(of => new Measurement<double>((time.GetUtcNow() - of.Value).TotalSeconds, new KeyValuePair<string, object?>("municipality", of.Key.ToString("D9")))),
            description: "Since the newest canary that came through the municipality's path was sent.");
        return made;
    }
}
