using System.Text;
using System.Xml;
using Vkp.Adapters.Errors;

namespace Vkp.Adapters.Reading;

/// <summary>
/// The tags of a flat XML document by local name, whatever its namespace. No document type, no entities, no resolving; a tag that comes twice is a fault,
/// since different devices would mean different ones of the two.
/// </summary>
internal sealed class XmlTags
{
    /// <summary>The longest real message is under 2,000 characters.</summary>
    private const long CharactersMax = 64 * 1024;

    /// <summary>Root, tag, and the parts of a position.</summary>
    private const int DepthMax = 4;

    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);
    private readonly Findings _findings;

    private XmlTags(string root, Findings findings) => (Root, _findings) = (root, findings);

    public string Root { get; }

    /// <summary>Null when the document cannot be read, which then is in the findings.</summary>
    public static XmlTags? Parse(ReadOnlyMemory<byte> bytes, Findings findings)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = CharactersMax,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        try
        {
            // The bytes are UTF-8 whatever the declaration says: a document that says otherwise and is not is refused here.
            var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes.Span);
            using var reader = XmlReader.Create(new StringReader(text), settings);
            reader.MoveToContent();
            var tags = new XmlTags(reader.LocalName, findings);
            tags.ReadAll(reader);
            return tags;
        }
        catch (XmlException unreadable)
        {
            findings.Fault(TranslationErrors.NotXml(unreadable.LineNumber > 0 ? unreadable.LineNumber : null));
        }
        catch (DecoderFallbackException)
        {
            findings.Fault(TranslationErrors.NotXml(line: null));
        }

        return null;
    }

    /// <param name="expected">What the tag holds, for the sender: `1 to 16 letters or digits`.</param>
    public string Required(string name, string expected, Predicate<string> isRight) => Optional(name, expected, isRight) ?? Missing(name, expected);

    public string? Optional(string name, string expected, Predicate<string> isRight)
    {
        if (!_tags.TryGetValue(name, out var value))
            return null;
        if (isRight(value))
            return value;
        _findings.Fault(TranslationErrors.XmlTag(PathOf(name), expected));
        return string.Empty;
    }

    /// <summary>The text of a tag as it stands, when there is one; for an answer to a message that may be wrong.</summary>
    public string? Raw(string name) => _tags.GetValueOrDefault(name);

    private string Missing(string name, string expected)
    {
        _findings.Fault(TranslationErrors.XmlTag(PathOf(name), expected));
        return string.Empty;
    }

    private static string PathOf(string name) => $"/{name}";

    private void ReadAll(XmlReader reader)
    {
        if (reader.IsEmptyElement)
            return;
        while (reader.Read() && reader.NodeType != XmlNodeType.EndElement)
        {
            if (reader.NodeType != XmlNodeType.Element)
                continue;
            var name = reader.LocalName;
            var value = CleanText.Of(TextOf(reader), PathOf(Known(name)), _findings);
            if (value.Length > 0 && !_tags.TryAdd(name, value))
                _findings.Fault(TranslationErrors.XmlTag(PathOf(Known(name)), "the tag once"));
        }

        // What stands after the root element must be read to know that the document is whole.
        while (reader.Read())
            continue;
    }

    /// <summary>A tag name may be anything; only one that looks like a tag of the protocol is repeated in an error.</summary>
    private static string Known(string name) => name.Length == 3 && name.All(char.IsAsciiLetterLower) ? name : "tag";

    private static string TextOf(XmlReader reader)
    {
        var text = new StringBuilder();
        var depth = reader.Depth;
        if (reader.IsEmptyElement)
            return string.Empty;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
        {
            if (reader.Depth > DepthMax)
                throw new XmlException($"Nested deeper than {DepthMax} levels.");
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && reader.Depth == depth + 1)
                text.Append(reader.Value);
        }

        return text.ToString();
    }
}
