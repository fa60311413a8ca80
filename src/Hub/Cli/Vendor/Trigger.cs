using System.Text.RegularExpressions;
using Vkp.Adapters;
using Vkp.Sandbox;

namespace Vkp.Cli.Vendor;

/// <summary>One event that can be triggered, of one vendor's catalogue.</summary>
/// <param name="Name">As the vendor names it; an older name where it has one.</param>
/// <param name="Of">The name it goes by in the catalogue or among the samples.</param>
public sealed partial record Trigger(string Vendor, string Name, string Of)
{
    /// <summary>Medicine dispensers have a generator of their own, which knows the people of the sandbox; all others send their published samples.</summary>
    public const string Dispensers = "evondos-style";

    private const string Devices = "scaip";

    /// <summary>Every event of every catalogue, by vendor.</summary>
    public static IReadOnlyList<Trigger> All { get; } = [.. VendorCatalog.All.SelectMany(OfVendor)];

    public bool IsOfDispenser => Vendor == Dispensers;

    /// <summary>
    /// By `vendor/name`, or by the name alone: then a dispenser's event if it is one, else that of the one vendor that has it. A type and a status of the alarm
    /// devices' protocol (`scaip/0005-0009`) is a name too.
    /// </summary>
    /// <exception cref="CommandException">VKP-915: nobody has it. VKP-923: several have it.</exception>
    public static Trigger Find(string wanted)
    {
        var slash = wanted.IndexOf('/', StringComparison.Ordinal);
        var (vendor, name) = slash < 0 ? (null, wanted) : (wanted[..slash], wanted[(slash + 1)..]);
        if (vendor == Devices && DeviceNumbers().IsMatch(name)) return new Trigger(Devices, name, name);

        var found = All.Where(trigger => trigger.Name == name && (vendor is null || trigger.Vendor == vendor)).ToList();
        return found switch
        {
            [] => throw CommandException.UnknownTrigger(wanted),
            [var one] => one,
            _ => found.Find(trigger => trigger.IsOfDispenser) ?? throw CommandException.AmbiguousTrigger(wanted, found.Select(trigger => $"{trigger.Vendor}/{name}")),
        };
    }

    /// <summary>The payload, as if it happened now.</summary>
    /// <param name="site">The municipality of a dispenser.</param>
    /// <param name="person">Whose dispenser; the others' samples are about one person of their own.</param>
    /// <param name="alerts">What a dispenser's closing closes.</param>
    /// <param name="series">What the events of one case share.</param>
    public ReadOnlyMemory<byte> Create(DispenserSite site, SyntheticPerson person, DateTimeOffset now, Guid eventId, IReadOnlyList<string>? alerts, string? series)
    {
        if (IsOfDispenser) return TriggerEvents.Create(Of, site, person, now, eventId, alerts, sentAs: Name)!.Body;
        return Vendor == Devices && DeviceNumbers().IsMatch(Name)
            ? FreshSample.OfDevice(Name[..4], Name[5..], eventId)
            : FreshSample.Of(SampleEvents.Find(Vendor, Of)!, now, eventId, series);
    }

    private static IEnumerable<Trigger> OfVendor(IVendorAdapter adapter)
    {
        var vendor = adapter.Info.Name;
        if (vendor == Dispensers) return adapter.Kinds.SelectMany(kind => kind.OlderNames.Prepend(kind.Name).Select(name => new Trigger(vendor, name, kind.Name)));

        // A type with several samples can be asked for by itself too.
        var samples = SampleEvents.All.Where(sample => sample.Vendor == vendor).ToList();
        return samples.SelectMany(sample => (string[])[sample.Name, sample.EventType]).Distinct(StringComparer.Ordinal).Select(name => new Trigger(vendor, name, name));
    }

    [GeneratedRegex("^[0-9]{4}-[0-9]{4}$", RegexOptions.None, 1000)]
    private static partial Regex DeviceNumbers();
}
