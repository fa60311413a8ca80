using System.Globalization;

namespace Vkp.EndToEnd.Tests.Kill;

/// <summary>One delivery as the hub's tables have it when all is quiet.</summary>
/// <param name="Key">Municipality, patient and lane: what is kept in order.</param>
/// <param name="WasRefused">The journal system refused it at least once. What a person sends again afterwards is late, and no inversion.</param>
/// <param name="Unknown">How often its outcome was unknown.</param>
/// <param name="IsContradicted">The log says refused and later journaled, and nobody has sent it again in between: its sender was told what was not so.</param>
public sealed record DeliveryFact(string MessageId, string Key, long Position, string State, bool WasRefused, int Unknown, bool IsContradicted = false);

/// <summary>
/// What came of the messages, reckoned up from three independent accounts: what senders were told, what the journal holds, and what the hub's tables say. Pure, so that
/// it can be shown to see each kind of harm.
/// </summary>
/// <param name="Lost">Acknowledged to their sender and in no journal, though the hub has no refusal of them.</param>
/// <param name="Doubled">Entries of a journal that are more than one for a message.</param>
/// <param name="Inversions">Documents in a journal after a later one of the same patient and lane.</param>
/// <param name="Untrue">The hub says journaled and the journal has nothing, or says refused and the journal has it, or has said one thing and then the other.</param>
/// <param name="Unknown">Attempts whose outcome nobody knew.</param>
/// <param name="Unresolved">Deliveries that are neither journaled nor refused.</param>
public sealed record Reckoning(int Acknowledged, int Journaled, int Refused, int Lost, int Doubled, int Inversions, int Untrue, int Unknown, int Unresolved)
{
    public bool IsClean => (Lost, Doubled, Inversions, Untrue, Unresolved) == (0, 0, 0, 0, 0);

    /// <param name="journal">Message ids in the order the journal got them.</param>
    public static Reckoning Of(IReadOnlyCollection<string> acknowledged, IReadOnlyList<string> journal, IReadOnlyList<DeliveryFact> deliveries)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < journal.Count; i++) places.TryAdd(journal[i], i);
        var refused = deliveries.Where(d => d.State == "refused").Select(d => d.MessageId).ToHashSet(StringComparer.Ordinal);
        return new Reckoning(
            acknowledged.Count,
            places.Count,
            refused.Count,
            acknowledged.Count(id => !places.ContainsKey(id) && !refused.Contains(id)),
            journal.Count - places.Count,
            deliveries.Where(d => !d.WasRefused && places.ContainsKey(d.MessageId)).GroupBy(d => d.Key, StringComparer.Ordinal).Sum(key => InversionsIn([.. key.OrderBy(d => d.Position).Select(d => places[d.MessageId])])),
            deliveries.Count(d => d.IsContradicted || (d.State == "journaled" ? !places.ContainsKey(d.MessageId) : d.State == "refused" && places.ContainsKey(d.MessageId))),
            deliveries.Sum(d => d.Unknown),
            deliveries.Count(d => d.State is not ("journaled" or "refused")));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Acknowledged} acknowledged, {Journaled} in the journal, {Refused} refused; {Lost} lost, {Doubled} doubled, {Inversions} inversions, {Untrue} untrue; {Unknown} unknown outcomes, {Unresolved} unresolved");

    /// <summary>How many came after one that was to come after them.</summary>
    private static int InversionsIn(IReadOnlyList<int> places)
    {
        var (latest, inversions) = (-1, 0);
        foreach (var place in places)
        {
            if (place < latest) inversions++;
            else latest = place;
        }

        return inversions;
    }
}
