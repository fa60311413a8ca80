using System.Xml;
using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Reading;

/// <summary>
/// Narrative that a journal system may put on a screen as it is. What FHIR allows is passed on unchanged; anything else (scripts, handlers, frames, forms,
/// addresses that load something, text that is not well-formed) is written anew from its words alone.
/// </summary>
internal sealed class SafeNarratives(Findings findings)
{
    private static readonly HashSet<string> Elements = new(StringComparer.Ordinal)
    {
        "div", "p", "br", "span", "b", "i", "u", "em", "strong", "small", "big", "tt", "sub", "sup", "code", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6",
        "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th", "hr",
    };

    private static readonly HashSet<string> Attributes = new(StringComparer.Ordinal)
    {
        "xmlns", "class", "id", "title", "lang", "dir", "colspan", "rowspan", "align", "valign", "border", "cellpadding", "cellspacing", "width", "start", "type",
    };

    private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, ConformanceLevel = ConformanceLevel.Document };

    /// <param name="path">Of the node in the submission, `Bundle.entry[0].resource`.</param>
    public void Settle(FhirNode node, string path)
    {
        if (node is Narrative { Div: { } div } narrative && !IsSafe(div))
        {
            narrative.Div = Xhtml.Div(Says.Narrative(div));
            findings.Repair(TranslationErrors.NarrativeRewritten($"{path}.div"));
        }

        foreach (var (name, child) in node.Children())
            Settle(child, $"{path}.{name}");
    }

    private static bool IsSafe(string div)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(div), Settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && !IsSafe(reader))
                    return false;
                if (reader.NodeType is XmlNodeType.ProcessingInstruction or XmlNodeType.Comment or XmlNodeType.CDATA)
                    return false;
            }

            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool IsSafe(XmlReader reader)
    {
        if (!Elements.Contains(reader.LocalName) || reader.NamespaceURI is not "http://www.w3.org/1999/xhtml")
            return false;
        for (var index = 0; index < reader.AttributeCount; index++)
        {
            reader.MoveToAttribute(index);
            if (!Attributes.Contains(reader.Name))
                return false;
        }

        reader.MoveToElement();
        return true;
    }
}
