using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Vkp.Hub.Identity;

/// <summary>
/// A request's signature as Standard Webhooks has it (https://www.standardwebhooks.com): three headers, and HMAC-SHA256 over `id.timestamp.body` by a secret that
/// both sides hold. Pure: which secrets, and what time it is, are told.
/// </summary>
/// <param name="SentAt">When the sender says it signed.</param>
/// <param name="Given">The signatures of version 1 in the header; a sender that changes its secret sends one by each.</param>
public sealed record WebhookSignature(string Id, DateTimeOffset SentAt, IReadOnlyList<byte[]> Given)
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    private static readonly long SecondsMax = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>How far the sender's clock may be from ours, either way; within it a copy of the request is taken again, and is the same event.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Null when a header is missing, stands twice or has no such form.</summary>
    public static WebhookSignature? Read(IHeaderDictionary headers)
    {
        if (headers[IdHeader] is not [{ Length: > 0 and <= 256 } id] || headers[TimestampHeader] is not [{ } timestamp] || headers[SignatureHeader] is not [{ Length: <= 2048 } signatures]) return null;

        // A dot in the id would let a piece of the body pass for a part of it: what is signed is divided by dots.
        if (id.Contains('.', StringComparison.Ordinal) || timestamp.Length > 12 || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > SecondsMax) return null;

        // Signatures of versions to come are left to who knows them.
        var given = signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(s => s.StartsWith(Version, StringComparison.Ordinal)).Select(s => Bytes(s[Version.Length..])).OfType<byte[]>().ToList();
        return given.Count > 0 ? new WebhookSignature(id, DateTimeOffset.FromUnixTimeSeconds(seconds), given) : null;
    }

    /// <summary>The key of a secret as it is handed over, `whsec_` and base64; null when it is none, or too short or too long to be one.</summary>
    public static byte[]? KeyOf(string secret) =>
        Bytes(secret.StartsWith(SecretPrefix, StringComparison.Ordinal) ? secret[SecretPrefix.Length..] : secret) is { Length: >= 24 and <= 64 } key ? key : null;

    public bool IsTimely(DateTimeOffset now) => (now - SentAt).Duration() <= Window;

    /// <summary>Whether one of the keys made one of the signatures. Every pair is compared in full, whatever was found before.</summary>
    public bool IsBy(IEnumerable<byte[]> keys, ReadOnlySpan<byte> body)
    {
        var found = false;
        foreach (var key in keys)
        {
            var expected = Sign(key, Id, SentAt, body);
            foreach (var signature in Given) found |= CryptographicOperations.FixedTimeEquals(expected, signature);
        }

        return found;
    }

    public static byte[] Sign(byte[] key, string id, DateTimeOffset sentAt, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{sentAt.ToUnixTimeSeconds()}.")));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var written) ? bytes[..written] : null;
    }
}
