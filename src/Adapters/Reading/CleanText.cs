using Vkp.Adapters.Errors;

namespace Vkp.Adapters.Reading;

/// <summary>Text as FHIR and XHTML can carry it: no control characters but tab and line breaks, no space around it. A nurse's note is never refused for one.</summary>
internal static class CleanText
{
    public static string Of(string raw, string at, Findings findings)
    {
        var text = raw;
        if (text.AsSpan().ContainsAnyInRange('\0', '\u001F') || text.Any(IsUnwanted))
        {
            text = string.Concat(text.Where(character => !IsUnwanted(character)));
            if (text.Length != raw.Length)
                findings.Repair(TranslationErrors.CharactersRemoved(at));
        }

        var trimmed = text.Trim();
        if (trimmed.Length != text.Length)
            findings.Repair(TranslationErrors.SpaceTrimmed(at));
        return trimmed;
    }

    // U+FFFE and U+FFFF are legal in JSON and illegal in XHTML; the marks that turn the writing direction can make a note read as another note.
    private static bool IsUnwanted(char character) =>
        (char.IsControl(character) && character is not ('\t' or '\n' or '\r'))
        || character is '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
