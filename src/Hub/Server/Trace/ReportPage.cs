using System.Net;
using System.Text;

namespace Vkp.Hub.Trace;

/// <summary>A part of a report, in the order it is read.</summary>
public abstract record ReportPart
{
    /// <param name="Level">1 the report's own, 2 a message's, 3 a part of that.</param>
    public sealed record Heading(int Level, string Text) : ReportPart;

    /// <param name="Strong">Its first words, to be seen at a glance; null = none.</param>
    public sealed record Paragraph(string Text, string? Strong = null, bool IsSmall = false) : ReportPart;

    /// <summary>What is told by another, line by line as it stands.</summary>
    public sealed record Quote(string Text) : ReportPart;

    public sealed record Items(IReadOnlyList<string> Texts) : ReportPart;

    /// <param name="Head">What the columns are; null when they speak for themselves.</param>
    public sealed record Table(IReadOnlyList<string>? Head, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportPart;

    /// <summary>For whoever checks: on paper only.</summary>
    public sealed record Appendix(string Title, string Text) : ReportPart;
}

/// <summary>
/// A report as a page to print or as lines for a terminal, from the same parts: what the one says the other says. The page fetches nothing from elsewhere, and the
/// browser makes a PDF of it. Pure.
/// </summary>
public static class ReportPage
{
    private const string Style = """
        @page{size:A4;margin:18mm}
        body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;overflow-wrap:anywhere}
        h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem;border-top:2px solid #1a1a1a;padding-top:.8rem}h3{font-size:1rem;margin-bottom:.3rem}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #bbb}
        td:first-child{white-space:nowrap}blockquote{margin:0;padding:.6rem 1rem;background:#f2f2f2;white-space:pre-line}
        pre{white-space:pre-wrap;font-size:.8rem}.small{color:#444;font-size:.85rem}
        @media print{body{margin:0;max-width:none}h2{break-before:page}tr,blockquote{break-inside:avoid}}
        """;

    /// <summary>What a browser may do with the page: show it in its own style.</summary>
    public const string SecurityPolicy = $"{PolicyInPage}; frame-ancestors 'none'";

    /// <summary>The same in the page itself, for a file that no server answers for; framing can only be forbidden by a server.</summary>
    private const string PolicyInPage = "default-src 'none'; style-src 'unsafe-inline'";

    public static string ToHtml(string title, string language, IEnumerable<ReportPart> parts)
    {
        var page = new StringBuilder($"<!DOCTYPE html>\n<html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"{PolicyInPage}\"><title>{Html(title)}</title>\n<style>\n{Style}\n</style></head><body>\n");
        foreach (var part in parts) page.Append(Html(part)).Append('\n');
        return page.Append("</body></html>\n").ToString();
    }

    public static string ToText(IEnumerable<ReportPart> parts) => string.Concat(parts.Select(Text));

    private static string Html(ReportPart part) => part switch
    {
        ReportPart.Heading heading => $"<h{heading.Level}>{Html(heading.Text)}</h{heading.Level}>",
        ReportPart.Paragraph p => $"<p{(p.IsSmall ? " class=\"small\"" : "")}>{(p.Strong is null ? "" : $"<strong>{Html(p.Strong)}</strong> ")}{Html(p.Text)}</p>",
        ReportPart.Quote quote => $"<blockquote>{Html(quote.Text)}</blockquote>",
        ReportPart.Items items => $"<ul>{string.Concat(items.Texts.Select(text => $"<li>{Html(text)}</li>"))}</ul>",
        ReportPart.Table table => $"<table>{(table.Head is null ? "" : Row("th", table.Head))}\n{string.Join('\n', table.Rows.Select(row => Row("td", row)))}\n</table>",
        ReportPart.Appendix appendix => $"<h3>{Html(appendix.Title)}</h3>\n<pre>{Html(appendix.Text)}</pre>",
        _ => throw new InvalidOperationException($"A part of kind {part.GetType().Name} has no place on a page."),
    };

    private static string Row(string cell, IEnumerable<string> texts) => $"<tr>{string.Concat(texts.Select(text => $"<{cell}>{Html(text)}</{cell}>"))}</tr>";

    private static string Text(ReportPart part) => part switch
    {
        ReportPart.Heading { Level: 1 } title => $"{title.Text}\n{new string('=', title.Text.Length)}\n",
        ReportPart.Heading { Level: 2 } message => $"\n\n{message.Text}\n{new string('-', message.Text.Length)}\n",
        ReportPart.Heading heading => $"\n{heading.Text}\n",
        ReportPart.Paragraph p => $"{(p.Strong is null ? "" : p.Strong + " ")}{p.Text}\n",
        ReportPart.Quote quote => $"  {quote.Text.Replace("\n", "\n  ", StringComparison.Ordinal)}\n",
        ReportPart.Items items => string.Concat(items.Texts.Select(text => $"  - {text}\n")),
        ReportPart.Table table => string.Concat(table.Rows.Select(row => $"  {string.Join("  ", row)}\n")),
        _ => "",
    };

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
