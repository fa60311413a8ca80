using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Vkp.EventStore;

namespace Vkp.Hub.Privacy;

/// <summary>One municipality's keys, unwrapped. Its hashes are the same for ever: a rotation changes the wrapping key only.</summary>
public sealed class TenantKeys
{
    // A key of its own per purpose. Purposes are constants of the program, so this stays small.
    private readonly ConcurrentDictionary<string, KeyedHasher> _purposes = new(StringComparer.Ordinal);
    private readonly byte[] _index;
    private readonly Dictionary<int, byte[]> _wrapping;

    internal TenantKeys(int tenant, byte[] index, Dictionary<int, byte[]> wrapping)
    {
        (Tenant, _index, _wrapping) = (tenant, index, wrapping);
        Generation = wrapping.Keys.Max();
    }

    public int Tenant { get; }

    /// <summary>The newest generation of the wrapping key; new stream keys are wrapped with it.</summary>
    internal int Generation { get; }

    /// <summary>
    /// HMAC-SHA256 under the tenant's index key, 32 bytes. Two purposes never give the same hash for the same content.
    /// Without the key nobody can test a guess, and two tenants' hashes cannot be compared.
    /// </summary>
    public byte[] KeyedHash(string purpose, ReadOnlySpan<byte> content) =>
        _purposes.GetOrAdd(purpose, static (name, index) => new KeyedHasher(HMACSHA256.HashData(index, Encoding.UTF8.GetBytes(name))), _index).Hash(content);

    /// <inheritdoc cref="KeyedHash(string, ReadOnlySpan{byte})"/>
    public byte[] KeyedHash(string purpose, string content) => KeyedHash(purpose, Encoding.UTF8.GetBytes(content));

    /// <summary>
    /// Recognises a repeat of a source's message. The hashes are cut to 16 bytes: chance collisions stay out of reach
    /// (2^64 messages), and the index over the log stays a third smaller.
    /// </summary>
    /// <param name="messageId">The source's own id of the message; may hold personal data, and is hashed only.</param>
    /// <param name="body">The message as it arrived.</param>
    public DedupKey Dedup(string source, string messageId, ReadOnlySpan<byte> body) =>
        new(source, KeyedHash("message-id", $"{source}\n{messageId}").AsMemory(0, 16), KeyedHash("message-body", body).AsMemory(0, 16));

    internal byte[] WrapStreamKey(ReadOnlySpan<byte> key, string stream) => KeyWrap.Wrap(_wrapping[Generation], key, Tenant, stream);

    /// <summary>Null when the generation is newer than these keys: then they must be read again.</summary>
    internal byte[]? UnwrapStreamKey(WrappedStreamKey wrapped) =>
        _wrapping.TryGetValue(wrapped.Generation, out var key) ? KeyWrap.Unwrap(key, wrapped.Bytes.Span, Tenant, wrapped.Stream.ToString()) : null;
}
