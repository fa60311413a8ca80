using System.Buffers;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Vkp.Hub.Privacy;

/// <summary>
/// Makes bodies smaller before they are sealed: Zstandard (RFC 8878) with a dictionary of what messages of the hub look like. Each way a body was ever written has
/// a number that stands in the body, and can be read for good: a dictionary is never changed and never removed.
/// </summary>
internal static class BodyCompression
{
    /// <summary>As it is, because it would not have become smaller.</summary>
    private const byte None = 0;

    /// <summary>Read only.</summary>
    private const byte Brotli = 1;

    private const byte ZstandardWithBodies1 = 2;

    // Measured on samples that the dictionary has not seen: level 1 leaves 19 %, level 3 17 % in a tenth more time and larger tables, level -1 24 %.
    // Brotli without a dictionary left 44 % in five times the time, and took five times as long to open.
    private const int Level = 1;

    private static readonly byte[] Bodies1 = Dictionary("bodies-1.zdict");

    // Making one costs more than a hundred bodies, and one must not be shared.
    [ThreadStatic]
    private static Compressor? compressor;

    [ThreadStatic]
    private static Decompressor? decompressor;

    /// <summary>Into the start of <paramref name="buffer"/>, which is of <see cref="BufferBytes"/> at least.</summary>
    /// <returns>What to store, which is the plain text itself when it does not become smaller; and how it was made.</returns>
    public static (ReadOnlyMemory<byte> Content, byte How) Compress(ReadOnlyMemory<byte> plain, Memory<byte> buffer)
    {
        var length = (compressor ??= NewCompressor()).Wrap(plain.Span, buffer.Span);
        return length < plain.Length ? (buffer[..length], ZstandardWithBodies1) : (plain, None);
    }

    /// <summary>What <see cref="Compress"/> may need for so many bytes.</summary>
    public static int BufferBytes(int plainBytes) => Compressor.GetCompressBound(plainBytes);

    /// <param name="plainBytes">What the content becomes, no more and no less.</param>
    /// <exception cref="CryptographicException">It does not become that; or it was made in a way that this version does not know.</exception>
    public static byte[] Decompress(byte how, byte[] content, int plainBytes)
    {
        if (how == None)
            return content;

        var plain = new byte[plainBytes];
        var fits = how switch
        {
            Brotli => BrotliDecoder.TryDecompress(content, plain, out var written) && written == plainBytes,
            ZstandardWithBodies1 => TryUnwrap(content, plain),
            _ => throw new CryptographicException($"The content is compressed in a way ({how}) that this version does not know."),
        };
        return fits ? plain : throw new CryptographicException("The content does not decompress.");
    }

    private static bool TryUnwrap(byte[] content, byte[] plain)
    {
        try
        {
            return (decompressor ??= NewDecompressor()).TryUnwrap(content, plain, out var written) && written == plain.Length;
        }
        catch (ZstdException)
        {
            return false;
        }
    }

    private static Compressor NewCompressor()
    {
        var made = new Compressor(Level);
        made.LoadDictionary(Bodies1);

        // The body says which dictionary it is.
        made.SetParameter(ZSTD_cParameter.ZSTD_c_dictIDFlag, 0);
        return made;
    }

    private static Decompressor NewDecompressor()
    {
        var made = new Decompressor();
        made.LoadDictionary(Bodies1);
        return made;
    }

    private static byte[] Dictionary(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Vkp.Hub.Privacy.Dictionaries.{name}")
            ?? throw new InvalidOperationException($"'{name}' is not in the assembly: bodies cannot be opened without it.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
