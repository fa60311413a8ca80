using System.Diagnostics.CodeAnalysis;

namespace Vkp.EventStore;

/// <summary>
/// Names a stream: `category-id`, first of all `patient-{random id}`. This type is the only place that splits the text.
/// The category is lower-case ASCII letters, digits and underscores, starting with a letter; the id is 1 to 200 visible ASCII characters.
/// A name is plain text in the database, so it never holds personal data.
/// </summary>
public readonly record struct StreamName
{
    public const int IdCharactersMax = 200;

    // Kept whole: it is written and read as text far more often than it is taken apart.
    private readonly string? _text;
    private readonly int _hyphen;

    public StreamName(string category, string id)
    {
        if (!IsCategory(category))
            throw new ArgumentException($"'{category}' is no stream category: lower-case letters, digits and '_' are.", nameof(category));

        if (!IsId(id))
            throw new ArgumentException($"A stream id is 1 to {IdCharactersMax} visible ASCII characters.", nameof(id));

        _text = $"{category}-{id}";
        _hyphen = category.Length;
    }

    private StreamName(string text, int hyphen) => (_text, _hyphen) = (text, hyphen);

    /// <summary>False for a default value, which names nothing.</summary>
    public bool IsNamed => _text is not null;

    public string Category => _text is null ? string.Empty : _text[.._hyphen];

    public string Id => _text is null ? string.Empty : _text[(_hyphen + 1)..];

    /// <summary>Reads `category-id`; the first hyphen divides.</summary>
    public static StreamName Parse(string text) =>
        TryParse(text, out var name) ? name : throw new FormatException($"'{text}' is no stream name; 'category-id' is.");

    public static bool TryParse([NotNullWhen(true)] string? text, out StreamName name)
    {
        name = default;
        if (text is null)
            return false;

        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        if (hyphen < 0 || !IsCategory(text.AsSpan(0, hyphen)) || !IsId(text.AsSpan(hyphen + 1)))
            return false;

        name = new StreamName(text, hyphen);
        return true;
    }

    public override string ToString() => _text ?? string.Empty;

    private static bool IsCategory(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || !char.IsAsciiLetterLower(text[0]))
            return false;

        foreach (var c in text)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '_')
                return false;
        }

        return true;
    }

    private static bool IsId(ReadOnlySpan<char> text) =>
        text.Length is > 0 and <= IdCharactersMax && !text.ContainsAnyExceptInRange('!', '~');
}
