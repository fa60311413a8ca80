using System.Net;
using System.Text;
using System.Text.Json;
using Vkp.Adapters.Notes;

namespace Vkp.Hub.Trace;

/// <summary>
/// A story as one printable page of HTML for a reader who knows health care and not software: first in short, then each message with what
/// health workers read, what happened in order, and who looked. Nothing is fetched from elsewhere; the browser makes a PDF of it. Pure.
/// </summary>
public static class TraceReport
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}
        h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2.5rem;border-top:2px solid #1a1a1a;padding-top:.8rem}h3{font-size:1rem;margin-bottom:.3rem}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #bbb}
        td:first-child{white-space:nowrap}blockquote{margin:0;padding:.6rem 1rem;background:#f2f2f2;white-space:pre-line}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem}.small{color:#444;font-size:.85rem}
        @media print{body{margin:0;max-width:none}h2{break-before:page}tr,blockquote{break-inside:avoid}}
        """;

    /// <summary>What a browser may do with the page: show it in its own style.</summary>
    public const string SecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(TraceStory story, ReportTexts texts)
    {
        var page = new StringBuilder();
        page.Append($"<!DOCTYPE html>\n<html lang=\"{texts["language"]}\"><head><meta charset=\"utf-8\"><title>{Html(texts["title"])}</title>\n<style>\n{Style}\n</style></head><body>\n");
        page.Append($"<h1>{Html(texts["title"])}</h1>\n<p>{Html(texts.Say("made", NorwegianTime.DateAndTime(story.ToldAt)))} {Html(texts.Say("reading", story.Messages.Count))}</p>\n");
        if (story.IsCut) page.Append($"<p>{Html(texts["cut"])}</p>\n");
        InShort(page, story, texts);
        foreach (var message in story.Messages) Message(page, message, texts);
        return page.Append("</body></html>\n").ToString();
    }

    private static void InShort(StringBuilder page, TraceStory story, ReportTexts texts)
    {
        page.Append($"<h3>{Html(texts["short"])}</h3>\n<table><tr><th>{Html(texts["time"])}</th><th>{Html(texts["about"])}</th><th>{Html(texts["ended"])}</th></tr>\n");
        foreach (var message in story.Messages)
            page.Append($"<tr><td>{Html(NorwegianTime.DateAndSeconds(message.OccurredAt))}</td><td>{Html(About(message))}</td><td>{Html(texts.Of("state", message.State))}</td></tr>\n");
        page.Append("</table>\n");
    }

    private static void Message(StringBuilder page, TraceAnswer message, ReportTexts texts)
    {
        page.Append($"<h2>{Html(texts.Say("message", message.Source, NorwegianTime.DateAndSeconds(message.OccurredAt)))}</h2>\n");
        page.Append($"<p><strong>{Html(texts.Of("state", message.State))}.</strong> {Html(texts.Say("decision." + message.Routing.Decision, string.Join(", ", message.Routing.Destinations)))}</p>\n");
        page.Append($"<h3>{Html(texts["note"])}</h3>\n<blockquote>{Html(message switch { { Deleted: { } gone } => texts.Say("deleted", NorwegianTime.DateAndTime(gone.RunOf), gone.Receipt), { IsOpened: false } => texts["notOpened"], { Note: "" } => texts["nothingToRead"], _ => message.Note })}</blockquote>\n");
        Steps(page, message, texts);
        page.Append($"<h3>{Html(texts["remarks"])}</h3>\n<ul>{(message.Issues.Count == 0 ? Item(texts["noRemarks"]) : string.Concat(message.Issues.Select(i => Item($"{i.Code} {i.Message}"))))}</ul>\n");
        var looks = message.Looked.Select(look => Item(texts.Say("look", NorwegianTime.DateAndSeconds(look.At), look.Author, look.Purpose)));
        page.Append($"<h3>{Html(texts["looked"])}</h3>\n<ul>{(message.Looked.Count == 0 ? Item(texts["nobody"]) : string.Concat(looks))}</ul>\n");
        page.Append($"<p class=\"small\">{Html(texts.Say("reference", message.MessageId))}</p>\n");
        if (!message.IsOpened) return;
        page.Append($"<h3>{Html(texts["appendix"])}</h3>\n<pre>{Html(message.Payload)}</pre>\n");
        if (message.Fhir.Count > 0) page.Append($"<h3>{Html(texts["fhir"])}</h3>\n<pre>{Html(string.Join("\n", message.Fhir.Select(r => JsonSerializer.Serialize(r, Indented))))}</pre>\n");
    }

    /// <summary>Facts and tries in one row of time; a try stands at the moment it was answered.</summary>
    private static void Steps(StringBuilder page, TraceAnswer message, ReportTexts texts)
    {
        var facts = message.Steps.Select(step => (step.At, Order: 1, Text: texts.Sentence(step)));
        var tries = message.Deliveries.SelectMany(to => to.Attempts.Select(a => (
            At: a.StartedAt.AddMilliseconds(a.Ms), Order: 0,
            Text: texts.Say("try", to.Destination, a.Attempt, Math.Round(a.Ms), texts.Of("outcome", a.Outcome)) + (a.Code is null ? "" : $" ({a.Code})"))));
        page.Append($"<h3>{Html(texts["steps"])}</h3>\n<table>\n");
        foreach (var (at, _, text) in facts.Concat(tries).OrderBy(row => row.At).ThenBy(row => row.Order))
            page.Append($"<tr><td>{Html(NorwegianTime.DateAndSeconds(at))}</td><td>{Html(text)}</td></tr>\n");
        page.Append("</table>\n");
    }

    private static string About(TraceAnswer message) => message.Note.Length == 0 ? message.Kind : message.Note.Split('\n')[0];

    private static string Item(string text) => $"<li>{Html(text)}</li>";

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
