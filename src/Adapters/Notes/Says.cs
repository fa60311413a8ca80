using System.Text;
using System.Xml;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>How the small pieces of FHIR read in a sentence.</summary>
internal static class Says
{
    /// <summary>The sender's own words, else the display of its code, else the code itself; never empty unless the concept is.</summary>
    public static string Concept(CodeableConcept? concept) =>
        FirstWords(concept?.Text, concept?.Coding.Select(coding => coding.Display).FirstOrDefault(HasWords), concept?.Coding.Select(coding => coding.Code).FirstOrDefault(HasWords));

    /// <summary>`11.05.2026 kl. 08:00` for a point in time, the text itself for a partial date, empty for none.</summary>
    public static string Time(FhirDateTime? time) =>
        time is null ? string.Empty : time.TryToDateTimeOffset(out var at) ? NorwegianTime.DateAndTime(at) : time.Text ?? string.Empty;

    /// <summary>A name; never an identifier, which may be a national identity number.</summary>
    public static string Who(ResourceReference? reference) => FirstWords(reference?.Display);

    public static string Sentence(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' or ':' or '»' ? text : $"{text}.";

    public static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The text of a narrative, a line per block. A narrative that is not well-formed gives its characters without what looks like tags.</summary>
    public static string Narrative(string? div)
    {
        if (div is null)
            return string.Empty;
        try
        {
            return Blocks(div);
        }
        catch (XmlException)
        {
            return WithoutTags(div);
        }
    }

    private static string Blocks(string div)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, ConformanceLevel = ConformanceLevel.Fragment };
        using var reader = XmlReader.Create(new StringReader(div), settings);
        var text = new StringBuilder();
        while (reader.Read())
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                text.Append(reader.Value);
            else if (reader.LocalName is "p" or "br" or "div" or "li" or "tr" or "h1" or "h2" or "h3")
                text.Append('\n');
            else if (reader.LocalName is "td" or "th")
                text.Append(' ');
        }

        return Tidy(text.ToString());
    }

    private static string WithoutTags(string div)
    {
        var text = new StringBuilder();
        var inTag = false;
        foreach (var character in div)
        {
            if (character == '<')
                inTag = true;
            if (!inTag)
                text.Append(character);
            if (character == '>')
                inTag = false;
        }

        return Tidy(text.ToString());
    }

    private static string Tidy(string text) =>
        string.Join('\n', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    private static string FirstWords(params ReadOnlySpan<string?> texts)
    {
        foreach (var text in texts)
        {
            if (HasWords(text))
                return text!.Trim();
        }

        return string.Empty;
    }

    private static bool HasWords(string? text) => !string.IsNullOrWhiteSpace(text);
}
