using System.Security.Cryptography;
using System.Text;

namespace Vkp.Sandbox;

/// <summary>
/// Chance that repeats: the same words give the same throws on every machine and .NET version (SplitMix64 over a hash of
/// the words). For sample data only.
/// </summary>
internal sealed class SeededDice(string words)
{
    private ulong state = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(words)), 0);

    /// <summary>From <paramref name="low"/> up to, but not including, <paramref name="high"/>.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low));

    public bool Chance(int percent) => Between(0, 100) < percent;

    /// <summary>A UUID that the words and <paramref name="name"/> decide (version 8: made by our own rule).</summary>
    public static Guid Id(string name)
    {
        Span<byte> bytes = SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = state;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
