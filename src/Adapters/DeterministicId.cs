using System.Security.Cryptography;
using System.Text;

namespace Vkp.Adapters;

/// <summary>
/// Name-based ids (UUID version 5, RFC 9562 section 5.5): the same parts always give the same id, so that a retry, a crash or a failover
/// repeats every id the EPJ sees.
/// </summary>
public static class DeterministicId
{
    /// <summary>The namespace of all ids this hub derives. Permanent: another value would make every message new to every EPJ.</summary>
    private static readonly Guid Namespace = new("5b4f0a0e-3f0c-5c8e-9a53-6b7d2b1f7c11");

    /// <summary>
    /// The id of a thing that a list of parts names. Each part is written with its length before it, so that ("ab","c") and ("a","bc") differ.
    /// </summary>
    public static Guid From(params ReadOnlySpan<string> parts)
    {
        var name = new StringBuilder();
        foreach (var part in parts)
            name.Append(part.Length).Append(':').Append(part);
        return Version5(Namespace, name.ToString());
    }

    /// <summary>UUID version 5 of a name in a namespace.</summary>
    public static Guid Version5(Guid space, string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        var input = new byte[16 + bytes.Length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        bytes.CopyTo(input, 16);
        return Shape(input);
    }

#pragma warning disable CA5350 // RFC 9562 defines version 5 with SHA-1; it names things here and protects nothing.
    private static Guid Shape(byte[] input)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(input, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
#pragma warning restore CA5350

    /// <summary>The full url of a resource whose id is a UUID.</summary>
    public static string Urn(Guid id) => $"urn:uuid:{id:D}";
}
