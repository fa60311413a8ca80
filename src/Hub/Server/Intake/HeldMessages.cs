using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Intake;

/// <summary>Lets a held message go on when its cause is gone: it is read and placed again from the bytes it came in.</summary>
public sealed class HeldMessages(
    EventLog store, Vault vault, EventIntake intake, MunicipalityRegistry registry, MessageReader messages, IReadOnlyDictionary<string, IVendorAdapter> vendors)
{
    /// <summary>The source under which releases are deduplicated. No vendor system can have it: a vkp-id has two underscores.</summary>
    private const string ReleaseSource = "hub:release";

    /// <summary>Where a message is kept while it is held.</summary>
    public static StreamName StreamOf(Guid messageId) => new("held", messageId.ToString("N"));

    /// <summary>Empty = released; else why it stays held, or that it is not held at all.</summary>
    public async Task<IReadOnlyList<VkpError>> ReleaseAsync(int tenant, Guid messageId, string author, CancellationToken ct)
    {
        var row = await messages.FindAsync(tenant, messageId, ct);
        if (row is null) return [Errors.NoSuchMessage(messageId.ToString())];
        if (row.State != MessageStates.Held) return [Errors.NotHeld(messageId, row.State)];
        if (row.Reason == "VKP-110") return [Errors.QuarantineStays(messageId)];

        var heldStream = StreamName.Parse(row.Stream);
        var held = (await store.ReadStreamAsync(tenant, heldStream, 1, 1, ct))[0];
        var body = MessageBody.FromBytes(await vault.OpenAsync(held, ct));
        var municipality = await registry.CurrentAsync(tenant, ct);
        var (stream, message, stillHeld) = await intake.PlaceAgainAsync(municipality, vendors[row.Adapter], body.Raw, held.RecordedAt, ct);
        if (stillHeld.Count > 0) return stillHeld;
        if (message is null) return [Errors.NothingToRelease(messageId)];

        var keys = await vault.TenantAsync(tenant, ct);
        var original = EventMetadata.Parse(held.Metadata);
        var metadata = MessageDescription.Of(original with { Code = null, Issues = null, Author = author }, message, keys, stream!.Value, held.RecordedAt) with { OccurredAt = message.Envelope.OccurredAt };
        body = body with { CaseIds = message.CaseIds, Resources = original.Corrects is { } corrected ? Corrections.Mark(message.Resources, corrected) : message.Resources, Patient = message.Envelope.Patient };
        if (body.Patient is null)
        {
            (body, var nobody) = await intake.BindAsync(tenant, stream.Value, body, ct);
            if (nobody is not null) return [nobody];
        }

        var sealedBody = await vault.SealAsync(tenant, stream.Value, messageId, body.ToBytes(), ct);

        // Two people pressing at once: the dedup key lets one release through.
        var pressed = keys.KeyedHash("release", messageId.ToByteArray()).AsMemory(0, 16);
        var released = new NewEvent(messageId, MessageEvents.Released, metadata.ToJson(), sealedBody);
        var result = await store.AppendAsync(new AppendRequest(tenant, stream.Value, [released], Dedup: new DedupKey(ReleaseSource, pressed, pressed)), ct);
        return result is AppendResult.Appended ? [] : [Errors.NotHeld(messageId, MessageStates.Registered)];
    }
}
