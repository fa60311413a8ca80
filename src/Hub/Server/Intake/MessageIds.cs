using Vkp.Adapters;
using Vkp.EventStore;

namespace Vkp.Hub.Intake;

/// <summary>
/// The id of a message is derived, so that a retry, a crash or another node makes the same one.
/// From the keyed hash of the vendor's id, since that may hold an identity number and a plain hash of it could be guessed.
/// </summary>
public static class MessageIds
{
    public static Guid Of(string orgNo, DedupKey dedup, AdapterInfo adapter) =>
        DeterministicId.From("message", orgNo, dedup.Source, Convert.ToHexStringLower(dedup.KeyHash.Span), adapter.MajorVersion.ToString());
}
