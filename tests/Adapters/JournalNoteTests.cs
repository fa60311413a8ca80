using Vkp.Adapters.Notes;
using Vkp.Fhir.Model;
using Vkp.TestSupport;

namespace Vkp.Adapters.Tests;

public sealed class JournalNoteTests
{
    private static readonly NoteTemplate Screen = new(CharactersMax: 8000) { TellsEventTime = true, TellsReference = true };

    [Fact]
    public void A_note_in_time_reads_as_the_one_that_was_approved() => Snapshot.Verify(Note("alarm-style/alarm.closed").Text);

    [Fact]
    public void A_note_that_comes_late_says_when_it_happened_and_when_it_came() => Snapshot.Verify(Note("evondos-style/dose.notTaken", late: true).Text);

    [Fact]
    public void A_corrected_note_says_so_at_the_top() => Snapshot.Verify(Note("evondos-style/alert.closed", change: note => ((Composition)note).Status = CompositionStatus.Amended).Text);

    [Fact]
    public void A_withdrawn_note_says_so_at_the_top() => Snapshot.Verify(Note("evondos-style/alert.closed", change: note => ((Composition)note).Status = CompositionStatus.EnteredInError).Text);

    [Fact]
    public void A_note_that_adds_to_another_says_so_at_the_top()
    {
        var note = Note("evondos-style/alert.closed", change: note => ((Composition)note).RelatesTo.Add(new() { Code = DocumentRelationshipType.Appends, Target = new Identifier("urn:test", "1") }));
        Assert.StartsWith("TILLEGG til et tidligere notat.\n", note.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-10-25T02:30:00+02:00", "Hendelsen skjedde 25.10.2026 kl. 02:30 (sommertid) (norsk tid).")]
    [InlineData("2026-10-25T02:30:00+01:00", "Hendelsen skjedde 25.10.2026 kl. 02:30 (normaltid) (norsk tid).")]
    [InlineData("2027-03-28T01:30:00Z", "Hendelsen skjedde 28.03.2027 kl. 03:30 (norsk tid).")]
    public void The_hour_that_occurs_twice_cannot_be_misunderstood(string at, string line)
    {
        var message = Deliveries.Message() with { OccurredAt = DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture) };
        Assert.StartsWith(line, JournalNote.Of(message, Screen).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_decides_on_line_breaks_and_on_nothing_that_is_said()
    {
        var message = Message("alarm-style/alarm.closed");
        Assert.Equal(JournalNote.Of(message, Screen).Text, JournalNote.Of(message, Screen with { LineBreak = "\r\n" }).Text.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    [Fact]
    public void Edge_case_21_The_author_is_the_person_who_wrote_and_never_an_identity_number()
    {
        var note = Note("dignio-style/alert.closed.measurement");
        Assert.Equal(("Test Sykepleier", "9144889"), (note.AuthorName, note.AuthorHprNumber));
    }

    /// <summary>Whatever room an EPJ gives: the text fits it, says that it was cut, keeps the warning at its top and the reference at its end.</summary>
    [Fact]
    public void A_note_of_every_sample_fits_every_room()
    {
        foreach (var sample in Samples.All)
        {
            if (sample.Translate() is not Translation.Translated translated)
                continue;
            var message = Deliveries.Message() with { Resources = translated.Resources };
            var whole = JournalNote.Of(message, Screen).Text;
            var top = whole[..whole.IndexOf('\n', StringComparison.Ordinal)];
            for (var room = 300; room < whole.Length; room += 37)
            {
                var text = JournalNote.Of(message, Screen with { CharactersMax = room }).Text;
                Assert.True(text.Length <= room, $"{sample.Name} in {room}: {text.Length}");
                Assert.Contains("[Forkortet: hele meldingen ligger i VKP.]", text, StringComparison.Ordinal);
                Assert.StartsWith(top, text, StringComparison.Ordinal);
                Assert.EndsWith($"Ref. VKP {Deliveries.MessageId}", text, StringComparison.Ordinal);
            }

            Assert.DoesNotContain(Deliveries.PatientNumber, whole, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_message_with_nothing_to_say_is_still_a_note() =>
        Assert.NotEmpty(JournalNote.Of(Deliveries.Message() with { Resources = [] }, new NoteTemplate(200)).Text);

    private static JournalNote Note(string sample, bool late = false, Action<Resource>? change = null)
    {
        var message = Message(sample) with { IsLate = late };
        change?.Invoke(message.Resources[0]);
        return JournalNote.Of(message, Screen);
    }

    private static OutboundMessage Message(string sample)
    {
        var translated = Payloads.Translated(sample);
        return Deliveries.Message() with
        {
            Resources = translated.Resources,
            OccurredAt = translated.Envelope.OccurredAt,
            RecordedAt = translated.Envelope.OccurredAt.AddDays(12),
        };
    }
}
