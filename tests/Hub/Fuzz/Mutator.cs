using System.Text;

namespace Vkp.Hub.Tests.Fuzz;

/// <summary>Makes broken inputs of good ones. The same seed makes the same inputs, so that what was found once can be found again.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus)
{
    private const int BytesMax = 64 * 1024;

    /// <summary>What breaks parsers: boundaries of numbers, ends of texts, other alphabets, other formats.</summary>
    private static readonly byte[][] Tokens = [.. new[]
    {
        "\0", "\"", "\\", "\\u0000", "\\ud800", "{", "}", "[", "]", "[[[[[[[[", "{\"a\":", "null", "true", "-0", "1e400", "-1e-400", "0.1e1", "9223372036854775808", "99999999999999999999999999",
        "<", "</", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&b;", "<![CDATA[", "--", "&amp;", "%", "%00", "%ud800", "&", "=", "|", ",", "ge", "9999-12-31T23:59:60+14:00", "0000-00-00", "+99:99",
        "---\n", "&a *a", "!!", "? ", ": ", "- ", "\r\n", "\t", "\u202e", "\ufeff", "æøå", "😀", ".", "..", "../", "$", "${a}", "' or 1=1 --",
    }.Select(Encoding.UTF8.GetBytes), [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]];

    private readonly Random dice = new(seed);

    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[dice.Next(corpus.Count)]);
        for (var changes = dice.Next(1, 8); changes > 0; changes--) Change(bytes);
        return bytes.Count <= BytesMax ? [.. bytes] : [.. bytes.Take(BytesMax)];
    }

    private void Change(List<byte> bytes)
    {
        var at = dice.Next(bytes.Count + 1);
        var length = Math.Min(dice.Next(1, 64), bytes.Count - at);
        switch (dice.Next(7))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << dice.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.InsertRange(at, Tokens[dice.Next(Tokens.Length)]);
                break;
            case 4:
                var other = corpus[dice.Next(corpus.Count)];
                var from = dice.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, Math.Min(dice.Next(256), other.Length - from)).ToArray());
                break;
            case 5:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            default:
                bytes.InsertRange(at, Enumerable.Repeat(Tokens[dice.Next(Tokens.Length)], dice.Next(1, 200)).SelectMany(token => token));
                break;
        }
    }
}
