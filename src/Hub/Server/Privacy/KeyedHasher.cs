using System.Security.Cryptography;

namespace Vkp.Hub.Privacy;

/// <summary>
/// HMAC-SHA256 under one key. Setting the key up takes longer than hashing an id, and a message has half a dozen ids: a hasher that has
/// the key is kept for the next one. Threads may hash at once; one that finds none kept makes its own.
/// </summary>
internal sealed class KeyedHasher(byte[] key)
{
    private IncrementalHash? _spare;

    public byte[] Hash(ReadOnlySpan<byte> content)
    {
        var hash = Interlocked.Exchange(ref _spare, null) ?? IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(content);
        var result = hash.GetHashAndReset();
        Interlocked.Exchange(ref _spare, hash)?.Dispose();
        return result;
    }
}
