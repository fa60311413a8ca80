using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using Vkp.EventStore.Retention;

namespace Vkp.EventStore.Audit;

/// <summary>
/// A signed statement of how far a tenant's log reached at a time, to be kept where whoever can write to the database cannot:
/// another machine, another organisation, paper. From then on the log cannot be cut or computed anew unseen.
/// </summary>
/// <param name="Hash">The chain's hash at <paramref name="Position"/>, 32 bytes.</param>
/// <param name="KeyId">The first 8 bytes of the SHA-256 of the public key, hex.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256 over tenant, position, hash and time; IEEE P1363 form, 64 bytes.</param>
public sealed record LogAnchor(int Tenant, long Position, ReadOnlyMemory<byte> Hash, DateTimeOffset TakenAt, string KeyId, ReadOnlyMemory<byte> Signature)
{
    /// <summary>One line of JSON; lines like it make an anchor file.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Line(Tenant, Position, Convert.ToHexStringLower(Hash.Span), TakenAt, KeyId, Convert.ToBase64String(Signature.Span)), JsonSerializerOptions.Web);

    /// <exception cref="FormatException">Not an anchor.</exception>
    public static LogAnchor Parse(string json)
    {
        try
        {
            var line = JsonSerializer.Deserialize<Line>(json, JsonSerializerOptions.Web) ?? throw new FormatException("An anchor line is empty.");
            return new(line.Tenant, line.Position, Convert.FromHexString(line.Hash), line.TakenAt, line.KeyId, Convert.FromBase64String(line.Signature));
        }
        catch (Exception e) when (e is JsonException or ArgumentNullException)
        {
            throw new FormatException("This line is not an anchor.", e);
        }
    }

    internal static byte[] Signed(int tenant, long position, ReadOnlySpan<byte> hash, DateTimeOffset takenAt)
    {
        var bytes = new byte[16 + 4 + 8 + 8 + hash.Length];
        "vkp log anchor 1"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(16), tenant);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(20), position);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(28), takenAt.ToUnixTimeMilliseconds());
        hash.CopyTo(bytes.AsSpan(36));
        return bytes;
    }

    private sealed record Line(int Tenant, long Position, string Hash, DateTimeOffset TakenAt, string KeyId, string Signature);
}

/// <summary>Takes and checks anchors. ECDSA P-256, because Ed25519 is not in the framework.</summary>
public sealed class AnchorKey : IDisposable
{
    private readonly ECDsa _key;

    private AnchorKey(ECDsa key)
    {
        _key = key;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, 8));
    }

    public string KeyId { get; }

    public static AnchorKey Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a PEM: a private key takes and checks, a public key only checks.</summary>
    public static AnchorKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(pem);
        return new(key);
    }

    public string PrivatePem() => _key.ExportPkcs8PrivateKeyPem();

    public string PublicPem() => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>An anchor of every tenant's head now.</summary>
    public async Task<IReadOnlyList<LogAnchor>> TakeAsync(EventLog log, TimeProvider clock, CancellationToken ct)
    {
        var anchors = new List<LogAnchor>();
        foreach (var tenant in await log.TenantsAsync(ct))
        {
            await using var connection = await log.App.OpenConnectionAsync(ct);
            await using var rows = await AuditRows.BeginAsync(connection, tenant, ct);
            // Milliseconds, as signed and as written.
            var takenAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
            var signature = _key.SignData(LogAnchor.Signed(tenant, rows.Head, rows.HeadHash, takenAt), HashAlgorithmName.SHA256);
            anchors.Add(new(tenant, rows.Head, rows.HeadHash, takenAt, KeyId, signature));
        }

        return anchors;
    }

    /// <summary>True when this key signed exactly this anchor.</summary>
    public bool Signed(LogAnchor anchor) =>
        anchor.KeyId == KeyId && _key.VerifyData(LogAnchor.Signed(anchor.Tenant, anchor.Position, anchor.Hash.Span, anchor.TakenAt), anchor.Signature.Span, HashAlgorithmName.SHA256);

    /// <summary>Signs a statement of another kind; ECDSA P-256 with SHA-256, IEEE P1363 form. It must not begin as an anchor's bytes do.</summary>
    /// <exception cref="ArgumentException">It begins as an anchor's bytes do.</exception>
    public byte[] Sign(ReadOnlySpan<byte> statement) => statement.StartsWith("vkp log anchor"u8)
        ? throw new ArgumentException("Only TakeAsync signs anchors.", nameof(statement))
        : _key.SignData(statement, HashAlgorithmName.SHA256);

    /// <summary>Signs what retention says, as it goes into the log.</summary>
    public SignedStatement SignStatement(string statement) => new(statement, KeyId, Convert.ToBase64String(Sign(SignedStatement.Signed(statement))));

    /// <summary>True when this key signed exactly this statement.</summary>
    public bool Signed(SignedStatement signed)
    {
        var signature = new byte[64];
        return signed.KeyId == KeyId && Convert.TryFromBase64String(signed.Signature, signature, out var length) && length == signature.Length
            && _key.VerifyData(SignedStatement.Signed(signed.Statement), signature, HashAlgorithmName.SHA256);
    }

    public void Dispose() => _key.Dispose();
}
