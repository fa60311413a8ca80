using System.Security.Cryptography;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Vkp.EventStore;

namespace Vkp.Hub.Identity;

/// <summary>Every proof counts once, whichever node it is shown to: the database keeps what was used until its age alone refuses it.</summary>
public sealed class SpentProofs(NpgsqlDataSource database, EventLog store, TimeProvider time)
{
    private long? forgotAt;

    /// <summary>Uses the proof up; false when it was used before. One round trip and no flush to disk.</summary>
    public async Task<bool> SpendAsync(int tenant, PossessionProof proof, CancellationToken ct)
    {
        var spend = new NpgsqlBatchCommand(Sql.Text("Identity.spend-proof.sql"));
        spend.Parameters.Add(new() { Value = tenant });
        // The thumbprint is of fixed length, so that no other pair of the two gives the same text.
        spend.Parameters.Add(new() { Value = SHA256.HashData(Encoding.UTF8.GetBytes(proof.Thumbprint + proof.Id)) });
        spend.Parameters.Add(new() { Value = (proof.IssuedAt + Limits.ProofAgeMax + Limits.ProofKeptBeyond).ToUniversalTime() });
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Database.Declare(tenant));
        batch.BatchCommands.Add(spend);
        await batch.ExecuteNonQueryAsync(ct);
        return spend.RecordsAffected == 1;
    }

    /// <summary>Deletes what has become too old to be shown again; once a minute, however often it is asked.</summary>
    public async Task RunOnceAsync(CancellationToken ct)
    {
        if (forgotAt is { } last && time.GetElapsedTime(last) < Limits.ProofsForgottenEvery) return;

        forgotAt = time.GetTimestamp();
        int[] tenants = [.. await store.TenantsAsync(ct)];
        var forget = new NpgsqlBatchCommand(Sql.Text("Identity.forget-proofs.sql"));
        forget.Parameters.Add(new() { Value = tenants, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
        forget.Parameters.Add(new() { Value = time.GetUtcNow() });
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Database.Declare(tenants));
        batch.BatchCommands.Add(forget);
        await batch.ExecuteNonQueryAsync(ct);
    }
}
