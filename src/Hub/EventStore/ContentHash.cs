using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Vkp.EventStore;

/// <summary>
/// What the chain binds of one event: SHA-256 over the tenant, stream, event id, type, source, dedup hashes, metadata and
/// the SHA-256 of the sealed body. Every field has its length in front, so no two different events give the same bytes.
/// The body goes in as its digest, so that the hash can still be checked when retention has removed the body.
/// </summary>
internal static class ContentHash
{
    // Text that is not Unicode (half a surrogate pair) is refused here, on its caller's thread. In a group it would fail all.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">A text is not valid Unicode.</exception>
    public static byte[] OfNew(AppendRequest request, NewEvent e, bool opens) => Of(
        request.Tenant,
        request.Stream.ToString(),
        e.Id,
        e.Type,
        request.Dedup?.Source,
        opens && request.Dedup is { } dedup ? dedup.KeyHash.Span : default,
        opens && request.Dedup is { } same ? same.BodyHash.Span : default,
        e.Metadata,
        SHA256.HashData(e.Body.Span));

    public static byte[] Of(
        int tenant,
        string stream,
        Guid id,
        string type,
        string? source,
        ReadOnlySpan<byte> keyHash,
        ReadOnlySpan<byte> bodyHash,
        string metadata,
        ReadOnlySpan<byte> bodyDigest)
    {
        var length = 4 + 16 + (7 * 4)
            + Strict.GetByteCount(stream) + Strict.GetByteCount(type) + Strict.GetByteCount(source ?? string.Empty)
            + keyHash.Length + bodyHash.Length + Strict.GetByteCount(metadata) + bodyDigest.Length;
        var buffer = length <= 2048 ? stackalloc byte[length] : new byte[length];
        var rest = buffer;
        BinaryPrimitives.WriteInt32BigEndian(rest, tenant);
        id.TryWriteBytes(rest[4..], bigEndian: true, out _);
        rest = rest[20..];
        Write(ref rest, stream);
        Write(ref rest, type);
        Write(ref rest, source ?? string.Empty);
        Write(ref rest, keyHash);
        Write(ref rest, bodyHash);
        Write(ref rest, metadata);
        Write(ref rest, bodyDigest);
        return SHA256.HashData(buffer);
    }

    private static void Write(ref Span<byte> rest, string text)
    {
        var written = Strict.GetBytes(text, rest[4..]);
        BinaryPrimitives.WriteInt32BigEndian(rest, written);
        rest = rest[(4 + written)..];
    }

    private static void Write(ref Span<byte> rest, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, bytes.Length);
        bytes.CopyTo(rest[4..]);
        rest = rest[(4 + bytes.Length)..];
    }
}
