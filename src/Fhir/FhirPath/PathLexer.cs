using System.Text;

namespace Vkp.Fhir.FhirPath;

internal enum PathTokenKind
{
    /// <summary>An identifier or a keyword.</summary>
    Word,

    /// <summary>An identifier in backticks: never a keyword.</summary>
    Name,
    Text,
    Number,
    Time,
    Symbol,
    End,
}

internal readonly record struct PathToken(PathTokenKind Kind, string Text, int At);

internal static class PathLexer
{
    public static List<PathToken> Read(string text)
    {
        var tokens = new List<PathToken>();
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c is '\'' or '`' or '"')
            {
                var content = Quoted(text, ref i);
                tokens.Add(new PathToken(c == '\'' ? PathTokenKind.Text : PathTokenKind.Name, content, start));
            }
            else if (char.IsAsciiDigit(c))
            {
                i = SkipWhile(text, i, char.IsAsciiDigit);
                if (i + 1 < text.Length && text[i] == '.' && char.IsAsciiDigit(text[i + 1])) i = SkipWhile(text, i + 1, char.IsAsciiDigit);
                tokens.Add(new PathToken(PathTokenKind.Number, text[start..i], start));
            }
            else if (c == '@')
            {
                i = SkipWhile(text, i + 1, static x => char.IsAsciiDigit(x) || x is '-' or ':' or 'T' or 'Z' or '+' or '.');
                tokens.Add(new PathToken(PathTokenKind.Time, text[(start + 1)..i], start));
            }
            else if (char.IsAsciiLetter(c) || c is '_' or '$')
            {
                i = SkipWhile(text, i + 1, static x => char.IsAsciiLetterOrDigit(x) || x == '_');
                tokens.Add(new PathToken(PathTokenKind.Word, text[start..i], start));
            }
            else
            {
                i += text.AsSpan(i).StartsWith("<=") || text.AsSpan(i).StartsWith(">=") || text.AsSpan(i).StartsWith("!=") || text.AsSpan(i).StartsWith("!~") ? 2 : 1;
                tokens.Add(new PathToken(PathTokenKind.Symbol, text[start..i], start));
                if (text[start] == '%') ReadConstantName(text, ref i, tokens);
            }
        }

        tokens.Add(new PathToken(PathTokenKind.End, "end", text.Length));
        return tokens;
    }

    /// <summary>`%vs-name` and `%`vs-name`` are one name, hyphens included.</summary>
    private static void ReadConstantName(string text, ref int i, List<PathToken> tokens)
    {
        if (i < text.Length && text[i] is '`' or '"') return;
        var start = i;
        i = SkipWhile(text, i, static x => char.IsAsciiLetterOrDigit(x) || x is '_' or '-');
        tokens.Add(new PathToken(PathTokenKind.Name, text[start..i], start));
    }

    private static int SkipWhile(string text, int from, Func<char, bool> goesOn)
    {
        while (from < text.Length && goesOn(text[from])) from++;
        return from;
    }

    private static string Quoted(string text, ref int i)
    {
        var quote = text[i++];
        var sb = new StringBuilder();
        while (i < text.Length && text[i] != quote)
        {
            var c = text[i++];
            if (c != '\\' || i >= text.Length)
            {
                sb.Append(c);
                continue;
            }

            c = text[i++];
            if (c == 'u' && i + 4 <= text.Length)
            {
                sb.Append((char)Convert.ToInt32(text.Substring(i, 4), 16));
                i += 4;
                continue;
            }

            sb.Append(c switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'f' => '\f', _ => c });
        }

        if (i >= text.Length) throw new FhirPathException($"A quoted text does not end in '{text}'.");
        i++;
        return sb.ToString();
    }
}
