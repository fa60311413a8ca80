using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Intake;

/// <summary>
/// Heartbeats as changes of state. The first of a device, and the first after a silence, is an event; every other one is counted in a row, durably, and answered
/// with the message it is counted under. A silence is an event too. So a thousand devices that are well leave no trace but a time and a number.
/// </summary>
public sealed class Heartbeats(NpgsqlDataSource database, EventLog store, MunicipalityRegistry registry, TimeProvider time)
{
    /// <summary>The permanent reason an adapter gives for a message that only says that somebody is there.</summary>
    public const string Reason = "heartbeat";

    /// <summary>Counts the beat when nothing changes by it; null when it is a change, and so an event.</summary>
    public async Task<Guid?> CountAsync(int tenant, string source, string device, DateTimeOffset heardAt, CancellationToken ct) =>
        await ExecuteAsync("Intake.count-beat.sql", tenant, [source, device, heardAt.ToUniversalTime()], ct) is Guid messageId ? messageId : null;

    /// <summary>Notes that the device is heard, after the event that says so is stored. Not reached in a crash: then the next beat is a change once more.</summary>
    public Task HeardAsync(int tenant, string source, string device, DateTimeOffset heardAt, Guid messageId, CancellationToken ct) =>
        ExecuteAsync("Intake.write-heard.sql", tenant, [source, device, heardAt.ToUniversalTime(), messageId], ct);

    /// <summary>A device's part of the key: a keyed hash, for a serial number can lead to a home.</summary>
    public static string DeviceKey(TenantKeys keys, Vkp.Adapters.SourceIdentifier? device) =>
        device is null ? "" : Convert.ToHexStringLower(keys.KeyedHash("heartbeat", $"{device.System}|{device.Value}").AsSpan(0, 16));

    /// <summary>Makes an event of every silence that has lasted too long, in the transaction that notes it: once, however many nodes.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            if (await registry.CurrentAsync(tenant, ct) is { IsRegistered: true } municipality) await NoteSilencesAsync(tenant, municipality.Policy.Escalation.SilentAfter, ct);
        }
    }

    private async Task NoteSilencesAsync(int tenant, TimeSpan silentAfter, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var silences = new List<AppendRequest>();
        await using (var command = Sql.Command(transaction, "Intake.take-silent.sql"))
        {
            command.Parameters.Add(new() { Value = tenant });
            command.Parameters.Add(new() { Value = time.GetUtcNow() - silentAfter });
            await using var reader = await command.ExecuteReaderAsync(ct);
            while (await reader.ReadAsync(ct)) silences.Add(Silence(tenant, reader.GetString(0), reader.GetString(1), reader.GetGuid(2), reader.GetFieldValue<DateTimeOffset>(3)));
        }

        if (silences.Count == 0) return;
        await store.AppendAsync(transaction, silences, ct);
        await transaction.CommitAsync(ct);
        store.Signal(tenant);
    }

    /// <summary>On a stream of the device's own. It is about no message, so that the counts of messages are not touched.</summary>
    private static AppendRequest Silence(int tenant, string source, string device, Guid heardWith, DateTimeOffset heardAt)
    {
        var metadata = new EventMetadata { Source = source, Kind = "silence", OccurredAt = heardAt };
        var id = Vkp.Adapters.DeterministicId.From("silence", tenant.ToString("D9"), heardWith.ToString("N"), heardAt.ToUniversalTime().ToString("O"));
        return new AppendRequest(tenant, new StreamName("heartbeat", heardWith.ToString("N")), [new NewEvent(id, MessageEvents.SenderSilent, metadata.ToJson(), ReadOnlyMemory<byte>.Empty)]);
    }

    private async Task<object?> ExecuteAsync(string statement, int tenant, object[] values, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        await using var command = Sql.Command(transaction, statement);
        command.Parameters.Add(new() { Value = tenant });
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        var result = await command.ExecuteScalarAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }
}
