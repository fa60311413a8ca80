using System.Security.Cryptography;

namespace Vkp.Hub.Privacy;

/// <summary>
/// One stream's data key, ready for use. Setting up AES costs three times what encrypting a kilobyte does, so one set-up is
/// kept; it must not be shared, so whoever finds it taken makes another and throws it away.
/// </summary>
internal sealed class StreamKey(byte[] key, long loadedAt)
{
    public const int TagBytes = 16;

    private AesGcm? _spare;

    /// <summary>When it was read from the database, as the clock's timestamp.</summary>
    public long LoadedAt { get; } = loadedAt;

    public void Encrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plain, Span<byte> cipher, Span<byte> tag, ReadOnlySpan<byte> bound)
    {
        var aes = Take();
        aes.Encrypt(nonce, plain, cipher, tag, bound);
        Return(aes);
    }

    /// <exception cref="CryptographicException">The tag does not fit.</exception>
    public void Decrypt(ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> cipher, ReadOnlySpan<byte> tag, Span<byte> plain, ReadOnlySpan<byte> bound)
    {
        var aes = Take();
        try
        {
            aes.Decrypt(nonce, cipher, tag, plain, bound);
        }
        finally
        {
            Return(aes);
        }
    }

    private AesGcm Take() => Interlocked.Exchange(ref _spare, null) ?? new AesGcm(key, TagBytes);

    private void Return(AesGcm aes) => Interlocked.Exchange(ref _spare, aes)?.Dispose();
}
