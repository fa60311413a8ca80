using System.Globalization;

namespace Vkp.Sandbox;

/// <summary>
/// A plausible stretch of time in many homes. Pure: seed, people and period decide every byte, and what one home does on
/// one date does not depend on the period asked for, so a second run over an overlapping period repeats the same events.
/// </summary>
public static class DispenserDay
{
    private static readonly TimeOnly[] Slots = [new(8, 0), new(12, 0), new(17, 0), new(21, 0)];
    private static readonly string[] Carers = ["Prøve Pleier", "Test Vernepleier", "Øving Sykepleier"];
    private static readonly string[] Notes =
    [
        "Glemt medisin er hentet ut.",
        "Ringte bruker. Medisinen er gitt ved besøk.",
        "Avvikssituasjon er rettet opp.",
    ];

    // An alert lives at most this long and a late upload comes at most this late, so one day back covers every event of a period.
    private const int DaysBack = 1;

    /// <summary>Every event whose time of sending lies after <paramref name="from"/> and not after <paramref name="to"/>, in order of sending.</summary>
    public static IReadOnlyList<DispenserEvent> Between(
        int seed, DispenserSite site, IReadOnlyList<SyntheticPerson> people, DateTimeOffset from, DateTimeOffset to)
    {
        var first = DateOnly.FromDateTime(OsloTime.From(from).Date).AddDays(-DaysBack);
        var last = DateOnly.FromDateTime(OsloTime.From(to).Date);
        var events = new List<DispenserEvent>();
        foreach (var person in people.Where(person => person.DispenserSerial is not null))
        {
            for (var date = first; date <= last; date = date.AddDays(1)) events.AddRange(HomeDay(seed, site, person, date));
        }

        return [.. events
            .Where(happened => happened.SendAt > from && happened.SendAt <= to)
            .OrderBy(happened => happened.SendAt)
            .ThenBy(happened => happened.EventId, StringComparer.Ordinal)];
    }

    /// <summary>One home on one date: two to four doses, heartbeats, now and then a dose not taken, now and then an hour without network.</summary>
    private static List<DispenserEvent> HomeDay(int seed, DispenserSite site, SyntheticPerson person, DateOnly date)
    {
        var home = new Home(seed, site, person, date);
        var open = new List<string>();
        DateTimeOffset? closing = null;
        foreach (var slot in home.SlotsOfPerson(Slots))
        {
            var scheduled = OsloTime.At(date, slot);

            // A closure due before this dose is not held back for it; one due after it takes this dose's alert along.
            if (closing is { } before && before < scheduled + DispenserEventJson.DoseWindow) (closing, open) = home.Close(before, open);
            if (home.Dice.Chance(94))
            {
                home.Dispense(scheduled, slot);
                continue;
            }

            open.Add(home.Miss(scheduled, slot));
            closing = scheduled + DispenserEventJson.DoseWindow + TimeSpan.FromMinutes(home.Dice.Between(10, 400));
        }

        if (closing is { } due) home.Close(due, open);
        home.Heartbeats();
        return home.Events;
    }

    private sealed class Home(int seed, DispenserSite site, SyntheticPerson person, DateOnly date)
    {
        private readonly string name = string.Create(CultureInfo.InvariantCulture, $"{seed}/{person.DispenserSerial}/{date:yyyy-MM-dd}");
        private readonly string rollId = string.Create(CultureInfo.InvariantCulture, $"R-{2200 + person.Number}");

        public List<DispenserEvent> Events { get; } = [];

        public SeededDice Dice { get; } = new(string.Create(CultureInfo.InvariantCulture, $"{seed}/{person.DispenserSerial}/{date:yyyy-MM-dd}"));

        /// <summary>The same person has the same slots every day: two, three or all four.</summary>
        public TimeOnly[] SlotsOfPerson(TimeOnly[] slots) => (person.Number % 3) switch
        {
            0 => [slots[0], slots[3]],
            1 => [slots[0], slots[2], slots[3]],
            _ => slots,
        };

        public void Dispense(DateTimeOffset scheduled, TimeOnly slot)
        {
            var occurred = scheduled + TimeSpan.FromSeconds(Dice.Between(-300, 2400));
            var delay = Dice.Chance(3) ? TimeSpan.FromMinutes(Dice.Between(90, 420)) : TimeSpan.FromSeconds(Dice.Between(2, 20));
            Events.Add(DispenserEventJson.Dispensed(site, person, Stamp(occurred, delay), DoseAt(scheduled, slot)));
        }

        /// <returns>The id of the alert it raises.</returns>
        public string Miss(DateTimeOffset scheduled, TimeOnly slot)
        {
            var alertId = string.Create(CultureInfo.InvariantCulture, $"A-{person.DispenserSerial}-{date:yyMMdd}-{slot:HHmm}");
            var stamp = Stamp(scheduled + DispenserEventJson.DoseWindow, TimeSpan.FromSeconds(4));
            Events.Add(DispenserEventJson.NotTaken(site, person, stamp, DoseAt(scheduled, slot), alertId));
            return alertId;
        }

        public (DateTimeOffset? Closing, List<string> Open) Close(DateTimeOffset at, List<string> alertIds)
        {
            var byDevice = Dice.Chance(20);
            var note = byDevice
                ? string.Create(CultureInfo.InvariantCulture, $"{alertIds.Count} varsler for denne brukeren ble lukket.")
                : Notes[Dice.Between(0, Notes.Length)];
            var carer = byDevice ? null : Carers[Dice.Between(0, Carers.Length)];
            Events.Add(DispenserEventJson.AlertClosed(site, person, Stamp(at, TimeSpan.FromSeconds(3)), alertIds, carer, note));
            return (null, []);
        }

        public void Heartbeats()
        {
            foreach (var hour in (int[])[3, 15])
            {
                var at = OsloTime.At(date, new TimeOnly(hour, Dice.Between(0, 60), Dice.Between(0, 60)));
                Events.Add(DispenserEventJson.Heartbeat(site, person, Stamp(at, TimeSpan.FromSeconds(1))));
            }
        }

        private Dose DoseAt(DateTimeOffset scheduled, TimeOnly slot)
        {
            var pouch = (date.DayNumber % 14 * Slots.Length) + Array.IndexOf(Slots, slot) + 1;
            var doseId = string.Create(CultureInfo.InvariantCulture, $"{rollId}/{date:MMdd}-{slot:HHmm}");
            return new Dose(rollId, doseId, scheduled, pouch, RemainingPouches: (14 * Slots.Length) - pouch);
        }

        private EventStamp Stamp(DateTimeOffset occurred, TimeSpan delay)
        {
            var number = Events.Count + 1;
            var id = SeededDice.Id(string.Create(CultureInfo.InvariantCulture, $"{name}/{number}"));
            return new EventStamp(id.ToString("D"), occurred, occurred + delay, Sequence: occurred.ToUnixTimeSeconds());
        }
    }
}
