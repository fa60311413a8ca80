using System.Globalization;

namespace Vkp.Sandbox;

/// <summary>How a message of the sample flow ends when all is well.</summary>
public enum EndState
{
    /// <summary>The EPJ makes an entry of it.</summary>
    Journaled,

    /// <summary>A missed dose: it needs no entry of its own, the document of its case, made at the closure, stands for it.</summary>
    Folded,

    /// <summary>Nothing for a journal: liveness and tests.</summary>
    Settled,
}

/// <summary>One request of the sample flow.</summary>
/// <param name="Id">The source's id of the message; two requests with the same id are the same message sent twice.</param>
/// <param name="Path">Relative to the hub's base address.</param>
public sealed record SampleMessage(string Id, string Kind, string Path, string ContentType, ReadOnlyMemory<byte> Body, EndState Expected, bool IsRepeat);

/// <param name="Report">What the hub answered.</param>
public sealed record SampleSent(SampleMessage Message, SendReport Report);

/// <summary>
/// The small fixed set of messages that goes through both ways in: doses dispensed with and without assistance, two
/// missed doses closed together, one closed alone, liveness, a repeat, and a document on the national interface.
/// </summary>
public sealed class SampleFlow
{
    private SampleFlow(IReadOnlyList<SampleMessage> messages) => Messages = messages;

    /// <summary>In order of sending.</summary>
    public IReadOnlyList<SampleMessage> Messages { get; }

    /// <summary>How many messages the hub must count as accepted: a repeat counts once.</summary>
    public int AcceptedExpected => Messages.Count(message => !message.IsRepeat);

    /// <summary>How many entries the EPJ must hold in the end.</summary>
    public int JournalEntriesExpected => Messages.Count(message => !message.IsRepeat && message.Expected == EndState.Journaled);

    /// <param name="now">Doses lie in the hours before it.</param>
    /// <param name="vkpDocument">The bytes of a VKP document Bundle; null leaves the national interface out.</param>
    /// <param name="run">Another word makes other event ids, for running against a hub that has seen the flow before.</param>
    public static SampleFlow Create(DispenserSite site, DateTimeOffset now, ReadOnlyMemory<byte>? vkpDocument, string run = "once")
    {
        var write = new Writer(site, now, run);
        var first = write.Dispensed(person: 1, hoursAgo: 6);
        List<SampleMessage> messages =
        [
            first,
            write.Dispensed(person: 2, hoursAgo: 6),
            write.Dispensed(person: 5, hoursAgo: 5),
            write.NotTaken(person: 6, hoursAgo: 5, alert: 1),
            write.Dispensed(person: 3, hoursAgo: 4),
            write.Heartbeat(person: 8),
            write.NotTaken(person: 6, hoursAgo: 3, alert: 2),
            write.NotTaken(person: 7, hoursAgo: 3, alert: 1),
            write.Dispensed(person: 10, hoursAgo: 2),
            write.Closed(person: 6, minutesAgo: 20, alerts: [1, 2], "Ringte bruker. Begge doser er gitt ved besøk."),
            first with { IsRepeat = true },
            write.Closed(person: 7, minutesAgo: 10, alerts: [1], "Glemt medisin er hentet ut."),
            write.Dispensed(person: 4, hoursAgo: 1),
            write.Test(person: 9),
        ];
        if (vkpDocument is { } document)
            messages.Add(new SampleMessage($"vkp-{run}", "vkp.bundle", $"epj/r4/{site.MunicipalityOrgNo}/bundle", "application/fhir+json", document, EndState.Journaled, IsRepeat: false));
        return new SampleFlow(messages);
    }

    /// <summary>Sends everything in order.</summary>
    /// <param name="dispensers">Sends as the dispenser vendor's client.</param>
    /// <param name="vkp">Sends as the client of a vendor on the national interface.</param>
    public async Task<IReadOnlyList<SampleSent>> RunAsync(VendorSender dispensers, VendorSender vkp, CancellationToken ct)
    {
        var sent = new List<SampleSent>(Messages.Count);
        foreach (var message in Messages)
        {
            var sender = message.Path == VendorSender.EventsPath ? dispensers : vkp;
            sent.Add(new SampleSent(message, await sender.PostAsync(message.Id, message.Kind, message.Path, message.ContentType, message.Body, ct)));
        }

        return sent;
    }

    private sealed class Writer(DispenserSite site, DateTimeOffset now, string run)
    {
        private int number;

        public SampleMessage Dispensed(int person, int hoursAgo)
        {
            var (who, dose) = DoseOf(person, hoursAgo);
            return Message(DispenserEventJson.Dispensed(site, who, Stamp(dose.ScheduledAt.AddMinutes(7)), dose), EndState.Journaled);
        }

        public SampleMessage NotTaken(int person, int hoursAgo, int alert)
        {
            var (who, dose) = DoseOf(person, hoursAgo);
            return Message(DispenserEventJson.NotTaken(site, who, Stamp(dose.ScheduledAt + DispenserEventJson.DoseWindow), dose, AlertId(person, alert)), EndState.Folded);
        }

        public SampleMessage Closed(int person, int minutesAgo, IReadOnlyList<int> alerts, string note)
        {
            var ids = alerts.Select(alert => AlertId(person, alert)).ToArray();
            return Message(DispenserEventJson.AlertClosed(site, Who(person), Stamp(now.AddMinutes(-minutesAgo)), ids, "Test Vernepleier", note), EndState.Journaled);
        }

        public SampleMessage Heartbeat(int person) => Message(DispenserEventJson.Heartbeat(site, Who(person), Stamp(now.AddMinutes(-5))), EndState.Settled);

        public SampleMessage Test(int person) => Message(DispenserEventJson.ServiceTest(site, Who(person), Stamp(now.AddMinutes(-1))), EndState.Settled);

        private static SyntheticPerson Who(int person) => SyntheticPeople.All[person - 1];

        private string AlertId(int person, int alert) => $"A-{run}-{person}-{alert}";

        private (SyntheticPerson Who, Dose Dose) DoseOf(int person, int hoursAgo)
        {
            var who = Who(person);
            var scheduled = now.AddHours(-hoursAgo);
            scheduled = scheduled.AddTicks(-(scheduled.Ticks % TimeSpan.TicksPerMinute));
            var rollId = string.Create(CultureInfo.InvariantCulture, $"R-{2200 + person}");
            return (who, new Dose(rollId, $"{rollId}/{run}-{hoursAgo}", scheduled, PouchNo: 14, RemainingPouches: 11));
        }

        private EventStamp Stamp(DateTimeOffset occurred)
        {
            number++;
            return new EventStamp(SeededDice.Id($"sample/{run}/{number}").ToString("D"), occurred, occurred.AddSeconds(4), 20_000 + number);
        }

        private static SampleMessage Message(DispenserEvent happened, EndState expected) =>
            new(happened.EventId, happened.EventType, VendorSender.EventsPath, "application/json", happened.Body, expected, IsRepeat: false);
    }
}
