using Vkp.EventStore;
using Vkp.Hub.Correcting;
using Vkp.Hub.Export;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.AccessLog;

/// <summary>What was done with a patient's data. Permanent names.</summary>
public enum AccessKind
{
    /// <summary>A vendor sent it.</summary>
    Received,

    /// <summary>It went to a journal system.</summary>
    Disclosed,

    /// <summary>A person or a client of the municipality's was shown it.</summary>
    Opened,

    /// <summary>A vendor read in the journal, through the hub.</summary>
    LookedUp,

    /// <summary>Taken out with the municipality's other data.</summary>
    Exported,

    /// <summary>Somebody decided something about it.</summary>
    Changed,

    /// <summary>Somebody asked for this list.</summary>
    ListRead,
}

/// <summary>One line of the access log: a fact of the hash-chained log, in words a patient understands.</summary>
/// <param name="Who">The person, the vendor's system, or the journal system, as the hub knows it.</param>
/// <param name="IsPerson">Whether that is a person.</param>
/// <param name="What">In bokmål.</param>
/// <param name="Why">As it was given.</param>
/// <param name="Event">The kind of message it is about.</param>
/// <param name="Position">Its place in the municipality's log, where the chain proves it.</param>
public sealed record AccessEntry(
    DateTimeOffset At, AccessKind Kind, string Who, bool IsPerson, string What, string? Why, string? Event, Guid? MessageId, long Position)
{
    private const string Municipality = "kommunen";

    /// <summary>What a fact says of access; null when it says nothing of it. Pure.</summary>
    public static AccessEntry? Of(RecordedEvent recorded)
    {
        var m = EventMetadata.Parse(recorded.Metadata);
        AccessEntry Entry(AccessKind kind, string? who, bool isPerson, string what) =>
            new(recorded.RecordedAt, kind, who ?? Municipality, isPerson, what, m.Purpose, m.Kind, m.MessageId, recorded.Position);

        return recorded.Type switch
        {
            MessageEvents.Accepted when m.Source == CorrectingMessages.Source => Entry(AccessKind.Changed, m.Author, isPerson: true, "Rettet det som står i journalen"),
            MessageEvents.Accepted or MessageEvents.Held => Entry(AccessKind.Received, m.Source, isPerson: false, "Sendte en melding om deg"),
            MessageEvents.Forwarded => Entry(AccessKind.Disclosed, m.Destination, isPerson: false, "Fikk meldingen"),
            MessageEvents.Read => Entry(AccessKind.Disclosed, m.Destination, isPerson: false, "Hentet meldingen"),
            // By a person's word it went nowhere anew: she has seen it in the journal.
            MessageEvents.Journaled when m.Author is not null => Entry(AccessKind.Changed, m.Author, isPerson: true, "Bekreftet at meldingen står i journalen"),
            MessageEvents.Journaled => Entry(AccessKind.Disclosed, m.Destination, isPerson: false, "Førte meldingen i journalen"),
            MessageEvents.Refused => Entry(AccessKind.Disclosed, m.Destination, isPerson: false, "Fikk meldingen, og avviste den"),
            MessageEvents.BodyOpened when m.Destination is not null => Entry(AccessKind.Disclosed, m.Destination, isPerson: false, "Hentet meldingen igjen"),
            MessageEvents.BodyOpened when m.MessageId is null => Entry(AccessKind.Opened, m.Author, isPerson: false, "Hentet måledata"),
            MessageEvents.BodyOpened => Entry(AccessKind.Opened, m.Author, isPerson: true, "Så innholdet i meldingen"),
            MessageEvents.JournalRead => Entry(AccessKind.LookedUp, m.Source, isPerson: false, "Slo opp i journalen din"),
            MessageEvents.Released => Entry(AccessKind.Changed, m.Author, isPerson: true, "Lot en melding som ventet, gå videre"),
            MessageEvents.Rejected => Entry(AccessKind.Changed, m.Author, isPerson: true, "Ga meldingen tilbake til avsenderen"),
            MessageEvents.Resent => Entry(AccessKind.Changed, m.Author, isPerson: true, "Sendte meldingen til journalen på nytt"),
            MessageEvents.Withdrawn => Entry(AccessKind.Changed, m.Author, isPerson: true, "Trakk meldingen tilbake"),
            MessageEvents.Restored => Entry(AccessKind.Changed, m.Author, isPerson: true, "Tok tilbaketrekkingen tilbake"),
            BulkExport.EventType => Entry(AccessKind.Exported, m.Author, isPerson: true, $"Tok ut kommunens opplysninger av typen {m.Form}; dine var blant dem hvis du har slike"),
            Shredding.EventType => Entry(AccessKind.Changed, m.Author, isPerson: true, "Gjorde innholdet uleselig for godt"),
            AccessReader.ListReadType => Entry(AccessKind.ListRead, m.Author, isPerson: true, "Så denne oversikten"),
            "PatientIdentified" => Entry(AccessKind.Changed, m.Author, isPerson: false, "Registrerte hvilke nummer du har hos kommunen"),
            _ => null,
        };
    }
}
