using System.Collections.Frozen;
using System.Text;
using System.Xml;

namespace Vkp.Fhir.Model;

/// <summary>Narrative text (http://hl7.org/fhir/R4/narrative.html): XHTML without scripts, forms or anything that runs.</summary>
public static class Narratives
{
    private static readonly FrozenSet<string> s_elements = "a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img li ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var kbd".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> s_attributes = "abbr accesskey align alt axis bgcolor border cellhalign cellpadding cellspacing cellvalign char charoff charset cite class colspan compact coords dir frame headers height href hreflang hspace id lang longdesc name nowrap rel rev rowspan rules scope shape span src start style summary tabindex title type valign value vspace width xmlns".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // No narrative a person reads nests deeper, and each level costs the reader more than the one before.
    private const int DepthMax = 64;

    /// <summary>True for a well-formed XHTML div with allowed elements and attributes only. No entity or DTD is ever followed.</summary>
    public static bool IsAllowed(string html)
    {
        if (html.Contains("<!", StringComparison.Ordinal) && html.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)) return false;
        try
        {
            using var text = new StringReader(WithoutHtmlEntities(html));
            using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = html.Length + 1L });
            var isRoot = true;
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (isRoot && reader.LocalName != "div") return false;
                isRoot = false;
                if (reader.Depth > DepthMax) return false;
                if (!IsAllowed(reader)) return false;
            }

            return !isRoot;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool IsAllowed(XmlReader reader)
    {
        if (!s_elements.Contains(reader.LocalName) || (reader.NamespaceURI.Length > 0 && reader.NamespaceURI != "http://www.w3.org/1999/xhtml")) return false;
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix is "xmlns" or "xml") continue;
            if (!s_attributes.Contains(reader.LocalName)) return false;
            if (reader.LocalName is "href" or "src" && reader.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)) return false;
        }

        return true;
    }

    /// <summary>XHTML's named characters are known to browsers, not to an XML reader without a DTD: the name matters here, not the character.</summary>
    private static string WithoutHtmlEntities(string html)
    {
        if (!html.Contains('&')) return html;
        var sb = new StringBuilder(html.Length);
        for (var i = 0; i < html.Length; i++)
        {
            var end = html[i] == '&' ? EndOfName(html, i + 1) : -1;
            sb.Append(end < 0 ? html[i] : '?');
            if (end >= 0) i = end;
        }

        return sb.ToString();
    }

    /// <summary>The place of the semicolon after a named character that XML itself does not know; -1 for anything else.</summary>
    private static int EndOfName(string html, int start)
    {
        var end = start;
        while (end < html.Length && end - start < 32 && char.IsAsciiLetterOrDigit(html[end])) end++;
        if (end == start || end >= html.Length || html[end] != ';' || char.IsAsciiDigit(html[start])) return -1;
        return html.AsSpan(start, end - start) is "amp" or "lt" or "gt" or "quot" or "apos" ? -1 : end;
    }
}
