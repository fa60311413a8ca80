using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>A message as an EPJ that takes notes takes it: a title, a text and who wrote it. Pure: the same message gives the same note.</summary>
/// <param name="AuthorName">Null when the message names no person; then the municipality's own system user writes.</param>
/// <param name="AuthorHprNumber">The author's number in the register of health personnel, when the message has it.</param>
public sealed record JournalNote(string Title, string Text, string? AuthorName, string? AuthorHprNumber)
{
    private const string DefaultTitle = "Melding fra velferdsteknologi";

    /// <summary>The note of a message. Never throws on any resource, and the text is never empty.</summary>
    public static JournalNote Of(OutboundMessage message, NoteTemplate template)
    {
        var author = AuthorOf(message.Resources);
        return new JournalNote(
            TitleOf(message.Resources),
            TextOf(message, template),
            author?.Display is { Length: > 0 } name ? name : null,
            author?.Identifier is { System: IdentifierSystems.HprNummer, Value: { } number } && Identity.IsHprNumber(number) ? number : null);
    }

    private static string TextOf(OutboundMessage message, NoteTemplate template)
    {
        List<string> head = [.. NoteStanding.Lines(message.Resources)];
        if (message.IsLate)
            head.Add($"Etterregistrert: hendelsen skjedde {NorwegianTime.DateAndTime(message.OccurredAt)}, meldingen ble mottatt {NorwegianTime.DateAndTime(message.RecordedAt)}.");
        else if (template.TellsEventTime)
            head.Add($"Hendelsen skjedde {NorwegianTime.DateAndTime(message.OccurredAt)} (norsk tid).");
        var body = NoteRenderer.Render(message.Resources);
        if (body.Length == 0)
            body = DefaultTitle;
        string[] tail = template.TellsReference ? [$"Ref. VKP {message.MessageId:D}"] : [];
        return Fit(head, [.. body.Split('\n')], tail, template);
    }

    /// <summary>Leaves out lines of the body from its end until the text fits, never the standing at the top and the reference at the bottom.</summary>
    private static string Fit(List<string> head, List<string> body, string[] tail, NoteTemplate template)
    {
        const string Cut = "[Forkortet: hele meldingen ligger i VKP.]";
        string Joined(params IEnumerable<string> inner) => string.Join(template.LineBreak, head.Concat(inner).Concat(tail));
        if (Joined(body) is { } whole && whole.Length <= template.CharactersMax)
            return whole;

        while (body.Count > 1 && Joined([.. body, Cut]).Length > template.CharactersMax)
            body.RemoveAt(body.Count - 1);
        var over = Joined([.. body, Cut]).Length - template.CharactersMax;
        // One line longer than all the room there is: its beginning is worth more than nothing.
        if (over > 0)
            body[0] = WithoutHalfCharacter(body[0][..Math.Max(0, body[0].Length - over)]);
        return Joined([.. body.Where(line => line.Length > 0), Cut]);
    }

    /// <summary>A cut between the two halves of a surrogate pair would leave something that is no text.</summary>
    private static string WithoutHalfCharacter(string text) => text.Length > 0 && char.IsHighSurrogate(text[^1]) ? text[..^1] : text;

    private static string TitleOf(IReadOnlyList<Resource> resources) =>
        resources.OfType<Composition>().Select(composition => composition.Title).FirstOrDefault(title => !string.IsNullOrWhiteSpace(title))
        ?? (resources is [DetectedIssue, ..] ? "Varsel fra velferdsteknologi" : DefaultTitle);

    private static ResourceReference? AuthorOf(IReadOnlyList<Resource> resources) =>
        resources.OfType<Composition>().SelectMany(composition => composition.Author).FirstOrDefault(author => author.Display is { Length: > 0 });
}
