using Vkp.Fhir.Model;

namespace Vkp.Adapters.Composing;

/// <summary>The resources of a message under the ids an EPJ will know them by.</summary>
internal static class Entries
{
    /// <summary>
    /// Each resource once, the main one first. The id is the resource's own when that is a UUID; one that came without gets an id derived from the message.
    /// Messages of one case may speak of the same resource; the first is the latest word.
    /// </summary>
    public static IReadOnlyList<(Guid Id, Resource Resource)> Of(OutboundMessage message) =>
        [.. message.Resources.Select((resource, index) => (IdOf(message, resource, index), resource)).DistinctBy(entry => entry.Item1)];

    /// <summary>A copy that carries the id, for a receiver that stores the resource under it.</summary>
    public static Resource Under(Guid id, Resource resource)
    {
        var copy = (Resource)resource.DeepCopy();
        copy.Id = id.ToString("D");
        return copy;
    }

    private static Guid IdOf(OutboundMessage message, Resource resource, int index) =>
        Guid.TryParseExact(resource.Id, "D", out var own) ? own : DeterministicId.From("entry", message.MessageId.ToString("D"), index.ToString());
}
