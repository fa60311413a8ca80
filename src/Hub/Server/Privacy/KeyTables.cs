using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;

namespace Vkp.Hub.Privacy;

/// <summary>The key tables. Every call is one round trip with the tenant declared, unless it says otherwise.</summary>
internal sealed class KeyTables(NpgsqlDataSource app)
{
    /// <summary>Reads a tenant's keys; offers new ones, which are taken when there are none.</summary>
    public async Task<TenantKeys> TenantAsync(int tenant, MasterKey master, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var read = Batch(connection, tenant, new NpgsqlBatchCommand(SelectTenantSql) { Parameters = { Int(tenant) } });
        if (await ReadTenantAsync(read, tenant, master, ct) is { } known)
            return known;

        await using var make = Batch(
            connection,
            tenant,
            Insert(tenant, "index", 1, master),
            Insert(tenant, "wrap", 1, master),
            new NpgsqlBatchCommand(SelectTenantSql) { Parameters = { Int(tenant) } });
        return await ReadTenantAsync(make, tenant, master, ct)
            ?? throw new InvalidOperationException($"The keys just made for tenant {tenant} cannot be read.");
    }

    public async Task AddWrappingKeyAsync(int tenant, int generation, MasterKey master, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Batch(connection, tenant, Insert(tenant, "wrap", generation, master));
        await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<StreamName?> FindPatientStreamAsync(int tenant, byte[] alias, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Batch(connection, tenant, new NpgsqlBatchCommand("select stream from patient_alias where tenant = $1 and alias = $2")
        {
            Parameters = { Int(tenant), new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = alias } },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? StreamName.Parse(reader.GetString(0)) : null;
    }

    public async Task<StreamName> PatientStreamAsync(int tenant, byte[][] aliases, StreamName fresh, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Batch(connection, tenant, new NpgsqlBatchCommand("select patient_stream($1, $2, $3)")
        {
            Parameters = { Int(tenant), new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = aliases }, Text(fresh.ToString()) },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        await reader.ReadAsync(ct);
        var stream = StreamName.Parse(reader.GetString(0));
        await EndAsync(reader, ct);
        return stream;
    }

    /// <summary>The stream's wrapped key, made when there is none.</summary>
    public async Task<WrappedStreamKey> StreamKeyForAsync(TenantKeys keys, StreamName stream, CancellationToken ct)
    {
        var name = stream.ToString();
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Batch(connection, keys.Tenant, new NpgsqlBatchCommand("select generation, wrapped from stream_key_for($1, $2, $3, $4)")
        {
            Parameters = { Int(keys.Tenant), Text(name), Int(keys.Generation), Bytes(keys.WrapStreamKey(KeyWrap.NewKey(), name)) },
        });
        return await ReadStreamKeyAsync(batch, keys.Tenant, stream, ct);
    }

    public async Task<WrappedStreamKey> StreamKeyAsync(int tenant, StreamName stream, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Batch(connection, tenant, new NpgsqlBatchCommand("select generation, wrapped from stream_key where tenant = $1 and stream = $2")
        {
            Parameters = { Int(tenant), Text(stream.ToString()) },
        });
        return await ReadStreamKeyAsync(batch, tenant, stream, ct);
    }

    /// <summary>The wrapped keys of those of the streams that have one, shredded ones included.</summary>
    public async Task<IReadOnlyList<WrappedStreamKey>> StreamKeysAsync(int tenant, IReadOnlyCollection<StreamName> streams, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Batch(connection, tenant, new NpgsqlBatchCommand("select stream, generation, wrapped from stream_key where tenant = $1 and stream = any ($2)")
        {
            Parameters = { Int(tenant), new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = streams.Select(stream => stream.ToString()).ToArray() } },
        });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var keys = new List<WrappedStreamKey>(streams.Count);
        while (await reader.ReadAsync(ct))
        {
            var wrapped = await reader.IsDBNullAsync(2, ct) ? ReadOnlyMemory<byte>.Empty : reader.GetFieldValue<byte[]>(2);
            keys.Add(new(StreamName.Parse(reader.GetString(0)), reader.GetInt32(1), wrapped));
        }

        return keys;
    }

    public async Task ShredAsync(int tenant, StreamName stream, CancellationToken ct)
    {
        const string shredSql = """
            insert into stream_key (tenant, stream, generation, wrapped, shredded_at) values ($1, $2, 0, null, clock_timestamp())
            on conflict (tenant, stream) do update set wrapped = null, shredded_at = coalesce(stream_key.shredded_at, clock_timestamp())
            """;
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Batch(
            connection,
            tenant,
            new NpgsqlBatchCommand(shredSql) { Parameters = { Int(tenant), Text(stream.ToString()) } },
            new NpgsqlBatchCommand("delete from patient_alias where tenant = $1 and stream = $2") { Parameters = { Int(tenant), Text(stream.ToString()) } });
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Wraps every stream key of an older generation with the newest; a transaction per step, so that it can be interrupted.</summary>
    public async Task<int> RewrapAsync(TenantKeys keys, CancellationToken ct)
    {
        var total = 0;
        while (true)
        {
            var step = await RewrapStepAsync(keys, ct);
            total += step;
            if (step == 0)
                return total;
        }
    }

    /// <summary>Wraps a tenant's keys with the master key, those that another one wrapped; all or none. Returns how many.</summary>
    public async Task<int> RewrapTenantAsync(int tenant, MasterKey master, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], ct);
        var (purposes, generations, wrapped) = (new List<string>(), new List<int>(), new List<byte[]>());
        await using (var select = new NpgsqlCommand(SelectTenantSql + " and master_id <> $2 for update", connection, transaction) { Parameters = { Int(tenant), Bytes(master.Id) } })
        await using (var reader = await select.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var (purpose, generation) = (reader.GetString(0), reader.GetInt32(1));
                var key = Unwrap(master, tenant, reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3), Of(purpose, generation));
                purposes.Add(purpose);
                generations.Add(generation);
                wrapped.Add(KeyWrap.Wrap(master.Key, key, tenant, Of(purpose, generation)));
            }
        }

        const string updateSql = """
            update tenant_key k set master_id = $2, wrapped = n.wrapped
            from unnest($3, $4, $5) as n (purpose, generation, wrapped) where k.tenant = $1 and k.purpose = n.purpose and k.generation = n.generation
            """;
        await using var update = new NpgsqlCommand(updateSql, connection, transaction)
        {
            Parameters =
            {
                Int(tenant),
                Bytes(master.Id),
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = purposes },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer, Value = generations },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = wrapped },
            },
        };
        await update.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return purposes.Count;
    }

    /// <summary>Which master keys wrap a tenant's keys, and how many of its stream keys are wrapped by which generation.</summary>
    public async Task<KeyCounts> CountAsync(int tenant, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var batch = Batch(
            connection,
            tenant,
            new NpgsqlBatchCommand("select encode(master_id, 'hex'), count(*) from tenant_key where tenant = $1 group by 1") { Parameters = { Int(tenant) } },
            new NpgsqlBatchCommand("select generation, count(*) from stream_key where tenant = $1 and wrapped is not null group by 1") { Parameters = { Int(tenant) } });
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var (byMaster, byGeneration) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<int, long>());
        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            byMaster.Add(reader.GetString(0), reader.GetInt64(1));

        await reader.NextResultAsync(ct);
        while (await reader.ReadAsync(ct))
            byGeneration.Add(reader.GetInt32(0), reader.GetInt64(1));

        return new KeyCounts(byMaster, byGeneration);
    }

    private const string SelectTenantSql = "select purpose, generation, master_id, wrapped from tenant_key where tenant = $1";

    private async Task<int> RewrapStepAsync(TenantKeys keys, CancellationToken ct)
    {
        await using var connection = await app.OpenConnectionAsync(ct);
        await using var transaction = await Database.BeginAsync(connection, [keys.Tenant], ct);
        var (streams, wrapped) = (new List<string>(), new List<byte[]>());
        const string selectSql = """
            select stream, generation, wrapped from stream_key
            where tenant = $1 and generation < $2 and wrapped is not null order by stream limit $3 for update
            """;
        await using (var select = new NpgsqlCommand(selectSql, connection, transaction) { Parameters = { Int(keys.Tenant), Int(keys.Generation), Int(PrivacyLimits.RewrapKeysPerStep) } })
        await using (var reader = await select.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct))
            {
                var stream = reader.GetString(0);
                var key = keys.UnwrapStreamKey(new(StreamName.Parse(stream), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)))
                    ?? throw VaultException.KeyMissing(keys.Tenant, StreamName.Parse(stream));
                streams.Add(stream);
                wrapped.Add(keys.WrapStreamKey(key, stream));
            }
        }

        const string updateSql = """
            update stream_key k set generation = $2, wrapped = n.wrapped
            from unnest($3, $4) as n (stream, wrapped) where k.tenant = $1 and k.stream = n.stream
            """;
        await using var update = new NpgsqlCommand(updateSql, connection, transaction)
        {
            Parameters =
            {
                Int(keys.Tenant),
                Int(keys.Generation),
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = streams },
                new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea, Value = wrapped },
            },
        };
        await update.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return streams.Count;
    }

    private static async Task<TenantKeys?> ReadTenantAsync(NpgsqlBatch batch, int tenant, MasterKey master, CancellationToken ct)
    {
        byte[]? index = null;
        var wrapping = new Dictionary<int, byte[]>();
        await using var reader = await batch.ExecuteReaderAsync(ct);
        do
        {
            while (reader.FieldCount == 4 && await reader.ReadAsync(ct))
            {
                var (purpose, generation) = (reader.GetString(0), reader.GetInt32(1));
                var key = Unwrap(master, tenant, reader.GetFieldValue<byte[]>(2), reader.GetFieldValue<byte[]>(3), Of(purpose, generation));
                if (purpose == "index")
                    index = key;
                else
                    wrapping.Add(generation, key);
            }
        }
        while (await reader.NextResultAsync(ct));

        return index is null || wrapping.Count == 0 ? null : new TenantKeys(tenant, index, wrapping);
    }

    private static byte[] Unwrap(MasterKey master, int tenant, byte[] masterId, byte[] wrapped, string of)
    {
        var opening = master.Opening(masterId) ?? throw VaultException.WrongMasterKey(tenant);
        try
        {
            return KeyWrap.Unwrap(opening.Key, wrapped, tenant, of);
        }
        catch (CryptographicException e)
        {
            throw VaultException.WrongMasterKey(tenant, e);
        }
    }

    /// <summary>What a tenant's key is bound to when it is wrapped.</summary>
    private static string Of(string purpose, int generation) => $"{purpose} {generation}";

    private static async Task<WrappedStreamKey> ReadStreamKeyAsync(NpgsqlBatch batch, int tenant, StreamName stream, CancellationToken ct)
    {
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        if (!await reader.ReadAsync(ct))
            throw VaultException.KeyMissing(tenant, stream);

        if (await reader.IsDBNullAsync(1, ct))
            throw VaultException.Shredded(tenant, stream);

        var key = new WrappedStreamKey(stream, reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        await EndAsync(reader, ct);
        return key;
    }

    /// <summary>Reads to the end: only then is what the batch wrote committed, and a body must never be sealed with a key that is not.</summary>
    private static async Task EndAsync(NpgsqlDataReader reader, CancellationToken ct)
    {
        while (await reader.NextResultAsync(ct))
        {
        }
    }

    private static NpgsqlBatchCommand Insert(int tenant, string purpose, int generation, MasterKey master)
    {
        const string sql = """
            insert into tenant_key (tenant, purpose, generation, master_id, wrapped) values ($1, $2, $3, $4, $5)
            on conflict (tenant, purpose, generation) do nothing
            """;
        var wrapped = KeyWrap.Wrap(master.Key, KeyWrap.NewKey(), tenant, Of(purpose, generation));
        return new(sql) { Parameters = { Int(tenant), Text(purpose), Int(generation), Bytes(master.Id), Bytes(wrapped) } };
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, int tenant, params ReadOnlySpan<NpgsqlBatchCommand> commands)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { Database.Declare(tenant) } };
        foreach (var command in commands)
            batch.BatchCommands.Add(command);

        return batch;
    }

    private static NpgsqlParameter Int(int value) => new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = value };

    private static NpgsqlParameter Text(string value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = value };

    private static NpgsqlParameter Bytes(byte[] value) => new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = value };
}

/// <summary>A stream key as it stands in its table.</summary>
internal sealed record WrappedStreamKey(StreamName Stream, int Generation, ReadOnlyMemory<byte> Bytes)
{
    public bool IsShredded => Bytes.IsEmpty;
}

/// <summary>What wraps what, of one tenant.</summary>
/// <param name="ByMaster">Tenant keys by the id of the master key that wraps them.</param>
/// <param name="StreamsByGeneration">Stream keys by the generation of the tenant key that wraps them.</param>
internal sealed record KeyCounts(IReadOnlyDictionary<string, long> ByMaster, IReadOnlyDictionary<int, long> StreamsByGeneration);
