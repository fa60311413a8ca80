using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Vkp.Hub.Privacy;

/// <summary>
/// A body compressed, then encrypted with AES-256-GCM, bound to tenant, stream and event id.
/// Layout: version 1, compression (<see cref="BodyCompression"/>), plain length (4, big-endian), nonce (12), tag (16), ciphertext. All but nonce and
/// tag is bound too. Compression before encryption lets the length tell something of the content; the log is not a place
/// where an attacker can both put text of his own into another's body and watch lengths, so that is accepted.
/// </summary>
internal static class SealedBody
{
    private const byte Version = 1;
    private const int HeaderBytes = 6;
    private const int NonceBytes = 12;
    private const int TagBytes = StreamKey.TagBytes;
    private const int PrefixBytes = HeaderBytes + NonceBytes + TagBytes;

    public static byte[] Seal(StreamKey key, int tenant, string stream, Guid eventId, ReadOnlyMemory<byte> plain)
    {
        var rented = ArrayPool<byte>.Shared.Rent(BodyCompression.BufferBytes(plain.Length));
        try
        {
            var (content, how) = BodyCompression.Compress(plain, rented);

            var body = new byte[PrefixBytes + content.Length];
            body[0] = Version;
            body[1] = how;
            BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(2), plain.Length);
            var nonce = body.AsSpan(HeaderBytes, NonceBytes);
            RandomNumberGenerator.Fill(nonce);
            key.Encrypt(nonce, content.Span, body.AsSpan(PrefixBytes), body.AsSpan(HeaderBytes + NonceBytes, TagBytes), Bound(body, tenant, stream, eventId));
            return body;
        }
        finally
        {
            // It held a patient's message.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }
    }

    /// <exception cref="CryptographicException">Not of this key, tenant, stream or event; or changed.</exception>
    public static byte[] Open(StreamKey key, int tenant, string stream, Guid eventId, ReadOnlySpan<byte> body)
    {
        if (body.Length < PrefixBytes || body[0] != Version)
            throw new CryptographicException("Not a sealed body of a known version.");

        var length = BinaryPrimitives.ReadInt32BigEndian(body[2..]);
        if (length is < 0 or > PrivacyLimits.PlainBytesMax)
            throw new CryptographicException("The length is impossible.");

        var content = new byte[body.Length - PrefixBytes];
        key.Decrypt(body.Slice(HeaderBytes, NonceBytes), body[PrefixBytes..], body.Slice(HeaderBytes + NonceBytes, TagBytes), content, Bound(body, tenant, stream, eventId));

        return BodyCompression.Decompress(body[1], content, length);
    }

    private static byte[] Bound(ReadOnlySpan<byte> body, int tenant, string stream, Guid eventId)
    {
        var bound = new byte[HeaderBytes + 4 + 16 + Encoding.UTF8.GetByteCount(stream)];
        body[..HeaderBytes].CopyTo(bound);
        BinaryPrimitives.WriteInt32BigEndian(bound.AsSpan(HeaderBytes), tenant);
        eventId.TryWriteBytes(bound.AsSpan(HeaderBytes + 4), bigEndian: true, out _);
        Encoding.UTF8.GetBytes(stream, bound.AsSpan(HeaderBytes + 20));
        return bound;
    }
}
