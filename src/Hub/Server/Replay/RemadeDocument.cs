using System.Text;
using System.Text.Json;
using Vkp.Adapters;
using Vkp.Adapters.Cases;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Hub.Replay;

/// <summary>A document as it was journaled, and as today's translators would make it, of all the messages it carries. Pure.</summary>
public sealed class RemadeDocument
{
    private RemadeDocument(StoredPart main, string translators, string? hindrance, IReadOnlyList<Resource> then, IReadOnlyList<Resource> now)
    {
        (Main, Translators, Hindrance, Then, Now) = (main, translators, hindrance, then, now);
    }

    public StoredPart Main { get; }

    /// <summary>Today's, with their versions: what a correction is known by.</summary>
    public string Translators { get; }

    /// <summary>Why it cannot be made again, or not be sent without a person; null = it can.</summary>
    public string? Hindrance { get; }

    public IReadOnlyList<Resource> Then { get; }

    public IReadOnlyList<Resource> Now { get; }

    /// <param name="parts">The messages that documents carry, by their places.</param>
    public static RemadeDocument Of(ReplayedDelivery delivery, IReadOnlyDictionary<long, StoredPart> parts, IReadOnlyDictionary<string, IVendorAdapter> vendors)
    {
        var main = parts[delivery.Position];
        IReadOnlyList<StoredPart> all = [.. delivery.Covers.Concat(delivery.Context).Select(place => parts[place])];
        var translators = string.Join(", ", all.Select(p => p.Metadata.Adapter!).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(name => $"{name} {(vendors.TryGetValue(name, out var adapter) ? adapter.Info.Version : "none")}"));
        if (all.Any(p => p.Bytes is null)) return new RemadeDocument(main, translators, "left out, it cannot be read any more", [], []);
        if (all.Any(p => !vendors.ContainsKey(p.Metadata.Adapter!))) return new RemadeDocument(main, translators, "left out, its translator is gone or it is the hub's own", [], []);

        var made = all.Select(p => Retranslation.Of(p.Event, p.Metadata, p.Bytes!.Value, vendors)!).ToList();
        if (made.FirstOrDefault(m => m.Now != "translated" || m.Then != "translated") is { } odd) return new RemadeDocument(main, translators, $"left to a person, {odd.Then} would be {odd.Now}", [], []);
        return new RemadeDocument(main, translators, null, Gather(delivery, made.Select(m => m.OldFhir)), Gather(delivery, made.Select(m => m.NewFhir)));
    }

    /// <summary>For the tally: the differences by place and kind, as of one message.</summary>
    public Retranslated? AsRetranslated()
    {
        if (Hindrance is not null) return Main.Bytes is null ? null : new Retranslated("translated", Hindrance, [Hindrance], default, default);
        var (then, now) = (Write(Then), Write(Now));
        var changes = new SortedSet<string>(StringComparer.Ordinal);
        Collect(then, now, changes);
        return new Retranslated("translated", "translated", [.. changes], then, now);
    }

    public static bool Differ(IReadOnlyList<Resource> journaled, IReadOnlyList<Resource> now)
    {
        var changes = new HashSet<string>(StringComparer.Ordinal);
        Collect(Write(journaled), Write(now), changes);
        return changes.Count > 0;
    }

    private static IReadOnlyList<Resource> Gather(ReplayedDelivery delivery, IEnumerable<ReadOnlyMemory<byte>> arrays)
    {
        var read = arrays.Select(Retranslation.Read).ToList();
        return read.Count == 1 ? read[0] : CaseDocument.Gather(read[0], read.Take(delivery.Covers.Count).Skip(1), read.Skip(delivery.Covers.Count));
    }

    private static void Collect(byte[] then, byte[] now, ISet<string> changes)
    {
        if (then.AsSpan().SequenceEqual(now)) return;
        using var before = JsonDocument.Parse(then);
        using var after = JsonDocument.Parse(now);
        JsonDifference.Collect(before.RootElement, after.RootElement, changes);
    }

    private static byte[] Write(IReadOnlyList<Resource> resources) => Encoding.UTF8.GetBytes($"[{string.Join(',', resources.Select(r => Encoding.UTF8.GetString(FhirJson.Serialize(r))))}]");
}
