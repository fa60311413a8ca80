using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Vkp.Hub.Privacy;

/// <summary>
/// A 256-bit key under another: AES-256-GCM, bound to what it is the key of, so that a wrapped key moved to another
/// tenant or stream does not unwrap. Layout: version 1, nonce (12), tag (16), ciphertext (32).
/// </summary>
internal static class KeyWrap
{
    private const byte Version = 1;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int KeyBytes = 32;

    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    public static byte[] Wrap(ReadOnlySpan<byte> under, ReadOnlySpan<byte> key, int tenant, string of)
    {
        var wrapped = new byte[1 + NonceBytes + TagBytes + KeyBytes];
        wrapped[0] = Version;
        var nonce = wrapped.AsSpan(1, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(under, TagBytes);
        aes.Encrypt(nonce, key, wrapped.AsSpan(1 + NonceBytes + TagBytes), wrapped.AsSpan(1 + NonceBytes, TagBytes), Bound(tenant, of));
        return wrapped;
    }

    /// <exception cref="CryptographicException">Wrapped under another key, for something else, or changed.</exception>
    public static byte[] Unwrap(ReadOnlySpan<byte> under, ReadOnlySpan<byte> wrapped, int tenant, string of)
    {
        if (wrapped.Length != 1 + NonceBytes + TagBytes + KeyBytes || wrapped[0] != Version)
            throw new CryptographicException("Not a wrapped key.");

        var key = new byte[KeyBytes];
        using var aes = new AesGcm(under, TagBytes);
        aes.Decrypt(wrapped.Slice(1, NonceBytes), wrapped[(1 + NonceBytes + TagBytes)..], wrapped.Slice(1 + NonceBytes, TagBytes), key, Bound(tenant, of));
        return key;
    }

    private static byte[] Bound(int tenant, string of)
    {
        var bound = new byte[4 + Encoding.UTF8.GetByteCount(of)];
        BinaryPrimitives.WriteInt32BigEndian(bound, tenant);
        Encoding.UTF8.GetBytes(of, bound.AsSpan(4));
        return bound;
    }
}
