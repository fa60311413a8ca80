using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vkp.EventStore.Retention;

/// <summary>
/// Binds which events lost their bodies, in position order: 32 zero bytes, then for each the SHA-256 of the digest so far, its position (8 bytes,
/// big-endian) and its content hash. Anybody with the log can compute it again.
/// </summary>
internal sealed class RemovalDigest
{
    private readonly byte[] _bound = new byte[72];

    public long Events { get; private set; }

    public string Hex => Convert.ToHexStringLower(_bound.AsSpan(0, 32));

    public void Take(long position, ReadOnlySpan<byte> contentHash)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bound.AsSpan(32), position);
        contentHash.CopyTo(_bound.AsSpan(40));
        SHA256.HashData(_bound, _bound.AsSpan(0, 32));
        Events++;
    }
}
