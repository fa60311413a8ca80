using System.Globalization;
using System.Text.Json;
using Vkp.Adapters.Notes;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Trace;

/// <summary>
/// A story for a reader who knows health care and not software: first in short, then each message with what health workers read, what happened in order, and who
/// looked. Pure.
/// </summary>
public static class TraceReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>To print.</summary>
    public static string ToHtml(TraceStory story, ReportTexts texts) => ReportPage.ToHtml(texts["title"], texts["language"], Of(story, texts));

    /// <summary>To read on a terminal; without the appendices.</summary>
    public static string ToText(TraceStory story, ReportTexts texts) => ReportPage.ToText(Of(story, texts));

    private static IEnumerable<ReportPart> Of(TraceStory story, ReportTexts texts)
    {
        yield return new ReportPart.Heading(1, texts["title"]);
        yield return new ReportPart.Paragraph($"{texts.Say("made", NorwegianTime.DateAndTime(story.ToldAt))} {texts.Say("reading", story.Messages.Count)}");
        if (story.IsCut) yield return new ReportPart.Paragraph(texts["cut"]);
        yield return new ReportPart.Heading(3, texts["short"]);
        yield return new ReportPart.Table(
            [texts["time"], texts["about"], texts["ended"]],
            [.. story.Messages.Select(m => (IReadOnlyList<string>)[NorwegianTime.DateAndSeconds(m.OccurredAt), About(m, texts), Ended(story, m, texts)])]);
        foreach (var part in story.Messages.SelectMany(message => Message(story, message, texts))) yield return part;
        // Behind everything a reader wants: what only who checks will read.
        foreach (var part in story.Messages.Where(message => message.IsOpened).SelectMany(message => Appendices(message, texts))) yield return part;
    }

    private static IEnumerable<ReportPart> Message(TraceStory story, TraceAnswer message, ReportTexts texts)
    {
        yield return new ReportPart.Heading(2, texts.Say("message", What(message, texts), NorwegianTime.DateAndSeconds(message.OccurredAt)));
        yield return new ReportPart.Paragraph(
            $"{texts.Say("decision." + message.Routing.Decision, string.Join(", ", message.Routing.Destinations))} {texts.Say("from", texts.Find("self." + message.Source) ?? message.Source)}",
            Ended(story, message, texts) + ".");
        yield return new ReportPart.Heading(3, texts["note"]);
        yield return new ReportPart.Quote(message switch
        {
            { Deleted: { } gone } => texts.Say("deleted", NorwegianTime.DateAndTime(gone.RunOf), gone.Receipt),
            { IsOpened: false } => texts["notOpened"],
            { Note: "" } => texts["nothingToRead"],
            _ => message.Note,
        });
        yield return new ReportPart.Heading(3, texts["steps"]);
        yield return new ReportPart.Table(null, Steps(message, texts));
        yield return new ReportPart.Heading(3, texts["remarks"]);
        yield return new ReportPart.Items(message.Issues.Count == 0 ? [texts["noRemarks"]] : [.. message.Issues.Select(i => $"{texts.Find("reason." + i.Code) ?? i.Message} ({i.Code})")]);
        yield return new ReportPart.Heading(3, texts["looked"]);
        yield return new ReportPart.Items(
            message.Looked.Count == 0 ? [texts["nobody"]] : [.. message.Looked.Select(look => texts.Say("look", NorwegianTime.DateAndSeconds(look.At), look.Author, look.Purpose))]);
        yield return new ReportPart.Paragraph(texts.Say("reference", message.MessageId), IsSmall: true);
    }

    private static IEnumerable<ReportPart> Appendices(TraceAnswer message, ReportTexts texts)
    {
        var which = texts.Say("message", What(message, texts), NorwegianTime.DateAndSeconds(message.OccurredAt));
        if (message.Payload.Length > 0) yield return new ReportPart.Appendix($"{texts["appendix"]} ({which})", message.Payload);
        if (message.Fhir.Count > 0) yield return new ReportPart.Appendix($"{texts["fhir"]} ({which})", string.Join('\n', message.Fhir.Select(r => JsonSerializer.Serialize(r, Indented))));
    }

    /// <summary>Facts and tries in one row of time; a try stands at the moment it was answered.</summary>
    private static IReadOnlyList<IReadOnlyList<string>> Steps(TraceAnswer message, ReportTexts texts)
    {
        var facts = message.Steps.Select(step => (step.At, Order: 1, Text: texts.Sentence(step)));
        var tries = message.Deliveries.SelectMany(to => to.Attempts.Select(a => (
            At: a.StartedAt.AddMilliseconds(a.Ms), Order: 0,
            Text: texts.Say("try", to.Destination, a.Attempt, Lasted(a.Ms, texts), texts.Of("outcome", a.Outcome)) + (a.Code is null ? "" : $" ({a.Code})"))));
        return [.. facts.Concat(tries).OrderBy(row => row.At).ThenBy(row => row.Order).Select(row => (IReadOnlyList<string>)[NorwegianTime.DateAndSeconds(row.At), row.Text])];
    }

    private static string Lasted(double milliseconds, ReportTexts texts) =>
        milliseconds < 1000 ? texts["short.moment"] : texts.Say("short.seconds", Math.Round(milliseconds / 1000).ToString(CultureInfo.InvariantCulture));

    /// <summary>Where it stands: what is in another's note was no less journaled than that note.</summary>
    private static string Ended(TraceStory story, TraceAnswer message, ReportTexts texts)
    {
        var isPart = message.InDocumentOf is not null;
        var note = isPart ? story.Messages.FirstOrDefault(other => other.MessageId == message.InDocumentOf) : message;
        var journaled = note?.Steps.LastOrDefault(step => step.What == MessageEvents.Journaled);
        var words = (journaled, isPart, message.State) switch
        {
            ({ } at, true, _) => texts.Say("ended.inNote.at", NorwegianTime.DateAndSeconds(at.At)),
            (_, true, _) => texts["ended.inNote"],
            ({ } at, _, MessageStates.Journaled) => texts.Say("ended.journaled", NorwegianTime.DateAndSeconds(at.At)),
            _ => texts.Of("state", message.State),
        };
        return message.Steps.Any(step => step.What == MessageEvents.Corrected) ? texts.Say("ended.corrected", words) : words;
    }

    private static string What(TraceAnswer message, ReportTexts texts) => texts.Find("kind." + message.Source) ?? texts.Of("kind", message.Kind);

    /// <summary>What it is, and what the note begins with, unless that is only a title.</summary>
    private static string About(TraceAnswer message, ReportTexts texts) =>
        message.Note.Split('\n')[0] is { Length: > 0 } first && first.EndsWith('.') ? $"{What(message, texts)}. {first}" : What(message, texts);
}
