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

    public StreamName(string category, string id)
    {
        if (!IsCategory(category))
            throw new ArgumentException($"'{category}' is no stream category: lower-case letters, digits and '_' are.", nameof(category));

        if (!IsId(id))
            throw new ArgumentException($"A stream id is 1 to {IdCharactersMax} visible ASCII characters.", nameof(id));

        Category = category;
        Id = id;
    }

    public string Category { get; }

    public string Id { get; }

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

        name = new StreamName(text[..hyphen], text[(hyphen + 1)..]);
        return true;
    }

    public override string ToString() => $"{Category}-{Id}";

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
