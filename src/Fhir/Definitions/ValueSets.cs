using System.Collections.Frozen;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation;

namespace Vkp.Fhir.Definitions;

internal enum ValueSetAnswer
{
    In,
    Out,

    /// <summary>Nobody has published what is in it.</summary>
    Unknown,
}

/// <summary>The contents of the value sets that bindings name: R4's from the generated table, the Norwegian ones from contracts/fhir.</summary>
internal static class ValueSets
{
    private static readonly Lazy<FrozenDictionary<string, FrozenSet<(string System, string Code)>>> s_all = new(static () => Read());

    // Grammars: not lists, but what they allow can be told by form.
    private const string MimeTypes = "http://hl7.org/fhir/ValueSet/mimetypes";
    private const string Currencies = "http://hl7.org/fhir/ValueSet/currencies";

    public static bool IsPublished(string url) => url is MimeTypes or Currencies || s_all.Value.ContainsKey(url);

    public static ValueSetAnswer Contains(string url, string? system, string? code)
    {
        if (!s_all.Value.TryGetValue(url, out var set)) return ValueSetAnswer.Unknown;
        return system is not null && code is not null && (set.Contains((system, code)) || set.Contains((system, "*"))) ? ValueSetAnswer.In : ValueSetAnswer.Out;
    }

    /// <summary>For elements that carry a code, or an address that is a code, without a system.</summary>
    public static ValueSetAnswer ContainsCode(string url, string code)
    {
        if (url == MimeTypes) return IsMimeType(code) ? ValueSetAnswer.In : ValueSetAnswer.Out;
        if (url == Currencies) return code.Length == 3 && code.All(char.IsAsciiLetterUpper) ? ValueSetAnswer.In : ValueSetAnswer.Out;
        if (!s_all.Value.TryGetValue(url, out var set)) return ValueSetAnswer.Unknown;
        return set.Any(x => x.Code == code) ? ValueSetAnswer.In : ValueSetAnswer.Out;
    }

    private static bool IsMimeType(string code)
    {
        var slash = code.IndexOf('/', StringComparison.Ordinal);

        // FHIR lets 'json', 'xml' and the like stand for their MIME types in a few places.
        return slash > 0 ? slash < code.Length - 1 && !code.Contains(' ', StringComparison.Ordinal) | code.Contains(';', StringComparison.Ordinal) : code is "json" or "xml" or "ttl";
    }

    private static FrozenDictionary<string, FrozenSet<(string System, string Code)>> Read()
    {
        var all = new Dictionary<string, FrozenSet<(string, string)>>(StringComparer.Ordinal);
        string? url = null;
        var codes = new HashSet<(string, string)>();
        foreach (var line in EmbeddedText.Lines("valuesets.g.txt"))
        {
            if (line[0] is '@' or '?')
            {
                Finish();
                url = line[0] == '@' ? line[1..] : null;
                continue;
            }

            var cells = line.Split('\t');
            foreach (var code in cells.AsSpan(1)) codes.Add((string.Intern(cells[0]), code));
        }

        Finish();
        foreach (var (name, set) in ProfileCatalog.NationalValueSets()) all[name] = set.ToFrozenSet();
        return all.ToFrozenDictionary(StringComparer.Ordinal);

        void Finish()
        {
            if (url is not null) all[url] = codes.ToFrozenSet();
            codes.Clear();
        }
    }
}
