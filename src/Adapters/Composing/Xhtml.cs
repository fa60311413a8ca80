using System.Text;

namespace Vkp.Adapters.Composing;

/// <summary>
/// Narrative built from text alone. Nothing a sender wrote is ever markup: a note that holds a tag shows the tag as text.
/// </summary>
internal static class Xhtml
{
    /// <summary>One paragraph per line; empty lines are left out.</summary>
    public static string Div(params IEnumerable<string> lines)
    {
        var div = new StringBuilder("<div xmlns=\"http://www.w3.org/1999/xhtml\">");
        foreach (var line in lines.SelectMany(text => text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
            div.Append("<p>").Append(Escape(line)).Append("</p>");
        return div.Append("</div>").ToString();
    }

    private static string Escape(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
