using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Intake;

/// <summary>Lets a held message go on when its cause is gone, read and placed again from the bytes it came in; or gives it back to its vendor.</summary>
public sealed class HeldMessages(
    EventLog store, Vault vault, EventIntake intake, MunicipalityRegistry registry, MessageReader messages, IReadOnlyDictionary<string, IVendorAdapter> vendors)
{
    /// <summary>The source under which releases are deduplicated. No vendor system can have it: a vkp-id has two underscores.</summary>
    private const string ReleaseSource = "hub:release";

    /// <summary>Where a message is kept while it is held.</summary>
    public static StreamName StreamOf(Guid messageId) => new("held", messageId.ToString("N"));

    /// <summary>Reasons that a change of the configuration or of the hub can take away.</summary>
    public static bool CanPassByItself(string? code) => code is not ("VKP-110" or "VKP-116") && !IsDoubt(code);

    /// <summary>What the journal system's next word can take away: nobody tells the hub when there is one.</summary>
    public static bool WaitsForJournal(string? code) => code is "VKP-131" or "VKP-132";

    /// <summary>Doubtful values and shared devices: only a person can say that they are right.</summary>
    private static bool IsDoubt(string? code) => code is "VKP-284" or "VKP-285" or "VKP-286" or "VKP-287";

    /// <summary>Empty = released; else why it stays held, or that it is not held at all.</summary>
    /// <param name="confirmed">A person has looked at what is doubtful and says that it is right.</param>
    public async Task<IReadOnlyList<VkpError>> ReleaseAsync(int tenant, Guid messageId, string author, bool confirmed, CancellationToken ct)
    {
        var row = await messages.FindAsync(tenant, messageId, ct);
        if (row is null) return [Errors.NoSuchMessage(messageId.ToString())];
        if (row.State != MessageStates.Held) return [Errors.NotHeld(messageId, row.State)];
        if (row.Reason == "VKP-110") return [Errors.QuarantineStays(messageId)];
        if (IsDoubt(row.Reason) && !confirmed) return [Errors.HeldReasonNeedsPerson(messageId, row.Reason!)];

        var heldStream = StreamName.Parse(row.Stream);
        var held = (await store.ReadStreamAsync(tenant, heldStream, 1, 1, ct))[0];
        var body = MessageBody.FromBytes(await vault.OpenAsync(held, ct));
        var municipality = await registry.CurrentAsync(tenant, ct);
        var original = EventMetadata.Parse(held.Metadata);
        var client = municipality.Clients.Values.FirstOrDefault(c => c.VkpId == row.Source);
        var receivedAt = original.ReceivedAt ?? held.RecordedAt;
        var (stream, message, stillHeld) = await intake.PlaceAgainAsync(municipality, client, vendors[row.Adapter], new VendorPayload(body.Raw, receivedAt, confirmed), ct);
        if (stillHeld.Count > 0) return stillHeld;
        if (message is null) return [Errors.NothingToRelease(messageId)];

        var keys = await vault.TenantAsync(tenant, ct);
        var metadata = MessageDescription.Of(original with { Code = null, Issues = null, Author = author, Translator = vendors[row.Adapter].Info.Version }, message, keys, stream!.Value, receivedAt) with { OccurredAt = message.Envelope.OccurredAt };
        body = body with { CaseIds = message.CaseIds, Resources = original.Corrects is { } corrected ? Corrections.Mark(message.Resources, corrected) : message.Resources, Patient = message.Envelope.Patient };
        if (body.Patient is null)
        {
            (body, var nobody) = await intake.BindAsync(tenant, stream.Value, body, ct);
            if (nobody is not null) return [nobody];
        }

        var sealedBody = await vault.SealAsync(tenant, stream.Value, messageId, body.ToBytes(), ct);

        var released = new NewEvent(messageId, MessageEvents.Released, metadata.ToJson(), sealedBody);
        return await EndAsync(keys, new AppendRequest(tenant, stream.Value, [released]), messageId, MessageStates.Registered, ct);
    }

    /// <summary>Gives a held message back to its vendor, who sees it as rejected with the reason it was held for. Empty = done.</summary>
    public async Task<IReadOnlyList<VkpError>> RejectAsync(int tenant, Guid messageId, string author, CancellationToken ct)
    {
        var row = await messages.FindAsync(tenant, messageId, ct);
        if (row is null) return [Errors.NoSuchMessage(messageId.ToString())];
        if (row.State != MessageStates.Held) return [Errors.NotHeld(messageId, row.State)];

        var keys = await vault.TenantAsync(tenant, ct);
        var about = new EventMetadata { MessageId = messageId, Source = row.Source, Adapter = row.Adapter, Kind = row.Kind };
        var rejected = MessageFacts.Rejected(about, row.Reason!, author);
        return await EndAsync(keys, new AppendRequest(tenant, StreamName.Parse(row.Stream), [rejected]), messageId, MessageStates.Rejected, ct);
    }

    /// <summary>Two people pressing at once, or a person and the clock: one dedup key for every end lets one through.</summary>
    private async Task<IReadOnlyList<VkpError>> EndAsync(TenantKeys keys, AppendRequest end, Guid messageId, string state, CancellationToken ct)
    {
        var pressed = keys.KeyedHash("release", messageId.ToByteArray()).AsMemory(0, 16);
        var result = await store.AppendAsync(end with { Dedup = new DedupKey(ReleaseSource, pressed, pressed) }, ct);
        return result is AppendResult.Appended ? [] : [Errors.NotHeld(messageId, state)];
    }
}
