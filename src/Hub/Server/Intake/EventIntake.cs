using Vkp.Adapters;
using Vkp.Adapters.Cases;
using Vkp.EventStore;
using Vkp.Fhir;
using Vkp.Hub.LookUps;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Intake;

/// <summary>Who sends: a client of one municipality, as token and registry agree.</summary>
public sealed record Sender(RegistryState Municipality, VendorClient Client)
{
    public int Tenant => Municipality.Tenant;

    /// <summary>What the sender calls the system the message comes from, where it says so.</summary>
    public string? SourceSystem { get; init; }

    /// <summary>The earlier message of its own that this one replaces.</summary>
    public Guid? Corrects { get; init; }
}

/// <summary>What the sender is told. The same event gets the same answer every time.</summary>
public abstract record IntakeAnswer
{
    private IntakeAnswer()
    {
    }

    /// <summary>Stored, durably.</summary>
    /// <param name="IsHeld">Kept and visible, but it waits for something; <paramref name="Issues"/> says for what.</param>
    /// <param name="Issues">Repairs, or the reason it is held.</param>
    public sealed record Stored(Guid MessageId, bool IsHeld, IReadOnlyList<VkpError> Issues) : IntakeAnswer;

    /// <summary>Not stored: the sender must change something, or try again when the category says so.</summary>
    public sealed record Refused(IReadOnlyList<VkpError> Errors) : IntakeAnswer;
}

/// <summary>
/// Takes events: translates, places, seals and appends. Nothing is answered as stored before it is committed.
/// What cannot be placed is held with a coded reason; only what cannot be read, or is not the sender's to send, is refused.
/// </summary>
public sealed class EventIntake(EventLog store, Vault vault, PatientIdentities identities, Heartbeats heartbeats, ActiveServices services, HubEnvironment environment, TimeProvider time)
{
    private readonly ListGate lists = new();

    /// <summary>Takes the events of one request, all in one commit; the answers stand in the order of the events.</summary>
    /// <exception cref="StoreException">Nothing of the request was stored, or nobody knows; VKP-303 when too many lists wait already.</exception>
    public Task<IReadOnlyList<IntakeAnswer>> TakeAsync(Sender sender, IVendorAdapter adapter, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken ct) => events.Count > 1
        ? lists.EnterAsync(sender.Tenant, events.Sum(e => (long)e.Length), () => TakeAllAsync(sender, adapter, events, ct))
        : TakeAllAsync(sender, adapter, events, ct);

    private async Task<IReadOnlyList<IntakeAnswer>> TakeAllAsync(Sender sender, IVendorAdapter adapter, IReadOnlyList<ReadOnlyMemory<byte>> events, CancellationToken ct)
    {
        var answers = new IntakeAnswer?[events.Count];
        var prepared = new List<(int Index, Prepared Event)>(events.Count);
        for (var i = 0; i < events.Count; i++)
        {
            // A list is read a few events at a time, so that whoever posts one event gets a processor in between.
            if (i % Limits.ListEventsInARow == Limits.ListEventsInARow - 1) await Task.Yield();
            var (answer, ready) = await PrepareAsync(sender, adapter, events[i], ct);
            if (ready is null) answers[i] = answer;
            else prepared.Add((i, ready));
        }

        if (prepared.Count == 1)
        {
            var (index, ready) = prepared[0];
            answers[index] = await InterpretAsync(sender, ready, await store.AppendAsync(ready.Append, ct), ct);
        }
        else if (prepared.Count > 1)
        {
            var results = await store.AppendAsync([.. prepared.Select(p => p.Event.Append)], ct);
            for (var i = 0; i < prepared.Count; i++) answers[prepared[i].Index] = await InterpretAsync(sender, prepared[i].Event, results[i], ct);
        }

        return answers!;
    }

    /// <summary>Reads and places one event again, for a message that was held.</summary>
    /// <param name="client">Who sent it; null when the municipality has no such client any more.</param>
    /// <returns>The patient's stream and the new translation; or why it still cannot go on.</returns>
    public async Task<(StreamName? Stream, Translation.Translated? Message, IReadOnlyList<VkpError> StillHeld)> PlaceAgainAsync(
        RegistryState municipality, VendorClient? client, IVendorAdapter adapter, VendorPayload payload, CancellationToken ct)
    {
        switch (adapter.Translate(payload))
        {
            case Translation.Translated message:
                var (stream, held) = await PlaceAsync(municipality, client, message, ct);
                held ??= OwnProfiles.Check(adapter, message.Resources);
                return held is null ? (stream, message, []) : (null, null, [held]);
            case Translation.Held unplaceable:
                return (null, null, [unplaceable.Error]);
            case Translation.Rejected rejected:
                return (null, null, rejected.Errors);
            default:
                return (null, null, []);
        }
    }

    /// <returns>The answer, when there is nothing to append; else what is ready for it.</returns>
    private async Task<(IntakeAnswer? Answer, Prepared? Ready)> PrepareAsync(Sender sender, IVendorAdapter adapter, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        var receivedAt = time.GetUtcNow();
        var translation = adapter.Translate(new VendorPayload(bytes, receivedAt));
        if (translation is Translation.Rejected rejected) return (new IntakeAnswer.Refused(rejected.Errors), null);

        var envelope = translation switch
        {
            Translation.Translated t => t.Envelope,
            Translation.NothingToJournal n => n.Envelope,
            Translation.Held h => h.Envelope,
            _ => throw new InvalidOperationException($"A translation of kind {translation.GetType().Name} has no place in Intake."),
        };
        if (envelope.MunicipalityOrgNo is { } named && named != sender.Municipality.OrgNo)
        {
            return (new IntakeAnswer.Refused([Errors.OtherMunicipality(named, sender.Municipality.OrgNo)]), null);
        }

        if (IdentityGate.Check(adapter, envelope.Patient, environment) is { } wrongPerson) return (new IntakeAnswer.Refused([wrongPerson]), null);

        var keys = await vault.TenantAsync(sender.Tenant, ct);
        // A sender without ids of its own is known by its content: the same bytes are the same message.
        var sourceId = envelope.SourceMessageId.Length > 0 ? envelope.SourceMessageId : Convert.ToHexStringLower(keys.KeyedHash("content-as-id", bytes.Span));
        var dedup = keys.Dedup(sender.Client.VkpId, sourceId, bytes.Span);
        var messageId = MessageIds.Of(sender.Municipality.OrgNo, dedup, adapter.Info);

        var metadata = new EventMetadata
        {
            MessageId = messageId,
            Source = sender.Client.VkpId,
            SourceSystem = sender.SourceSystem,
            Corrects = sender.Corrects,
            Adapter = adapter.Info.Name,
            Translator = adapter.Info.Version,
            Kind = MessageEvents.PlainKind(envelope.EventKind),
            OccurredAt = envelope.OccurredAt,
            ReceivedAt = receivedAt,
        };
        var body = new MessageBody(bytes, sourceId, envelope.EventKind, envelope.Patient, envelope.Device, [], []);
        switch (translation)
        {
            case Translation.Held held:
                return (null, await HoldAsync(sender, metadata, body, held.Error, dedup, ct));

            case Translation.NothingToJournal nothing:
                if (nothing.Reason != Heartbeats.Reason) return (null, await SettleAsync(sender, metadata, body, nothing, keys, dedup, ct));
                var device = Heartbeats.DeviceKey(keys, envelope.Device);
                return await heartbeats.CountAsync(sender.Tenant, sender.Client.VkpId, device, receivedAt, ct) is { } countedUnder
                    ? (new IntakeAnswer.Stored(countedUnder, IsHeld: false, []), null)
                    : (null, await SettleAsync(sender, metadata, body, nothing, keys, dedup, ct) with { Heard = (device, receivedAt) });

            case Translation.Translated message:
                if (sender.Corrects is { } corrected) message = message with { Resources = Corrections.Mark(message.Resources, corrected) };
                var (stream, reason) = await PlaceAsync(sender.Municipality, sender.Client, message, ct);
                body = body with { CaseIds = message.CaseIds, Resources = message.Resources };
                if (stream is { } whose && message.Envelope.Patient is null) (body, reason) = await BindAsync(sender.Tenant, whose, body, ct);
                reason ??= OwnProfiles.Check(adapter, body.Resources);
                if (reason is not null) return (null, await HoldAsync(sender, metadata with { Service = message.ServiceCode, Lane = message.Lane }, body, reason, dedup, ct));

                metadata = MessageDescription.Of(metadata, message, keys, stream!.Value, receivedAt);
                return (null, await SealAsync(sender, stream.Value, MessageEvents.Accepted, metadata, body, dedup, ct));

            default:
                throw new InvalidOperationException($"A translation of kind {translation.GetType().Name} has no place in Intake.");
        }
    }

    private async Task<(StreamName? Stream, VkpError? Held)> PlaceAsync(RegistryState municipality, VendorClient? client, Translation.Translated message, CancellationToken ct)
    {
        var patient = message.Envelope.Patient;
        StreamName? named = patient is null ? null : await vault.PatientStreamAsync(municipality.Tenant, [(patient.System, patient.Value)], ct);
        var synthetic = patient is not null && NationalIdentityNumber.TryParse(patient.Value, out var number) && number.IsSynthetic;
        var (stream, held) = Placement.Decide(message, named?.ToString(), synthetic, municipality, environment);
        if (held is null && client?.MayReport(message.ServiceCode) == false) held = Errors.ServiceNotOfClient(client.ClientId, message.ServiceCode);
        held ??= await AskJournalAsync(municipality, StreamName.Parse(stream!), message, ct);
        return held is null ? (StreamName.Parse(stream!), null) : (null, held);
    }

    /// <summary>Why the journal system's word keeps the message back, where the municipality asks for it. A call for help passes when there is no answer.</summary>
    private async Task<VkpError?> AskJournalAsync(RegistryState municipality, StreamName stream, Translation.Translated message, CancellationToken ct)
    {
        if (municipality.Policy.ServiceGate != ServiceGate.Epj) return null;
        if ((message.Envelope.Patient ?? await identities.FindAsync(municipality.Tenant, stream, ct)) is not { } patient) return Errors.NoPatient();

        return await services.OfAsync(municipality, stream.ToString(), patient, message.ServiceCode, ct) switch
        {
            ServiceStanding.Active => null,
            ServiceStanding.Inactive => Errors.NoServiceAtJournal(message.ServiceCode),
            _ => message.Lane == Lane.Alarm ? null : Errors.ServiceNotKnown(message.ServiceCode),
        };
    }

    /// <summary>Fills in whose a message is that named the device only.</summary>
    public async Task<(MessageBody Body, VkpError? Held)> BindAsync(int tenant, StreamName stream, MessageBody body, CancellationToken ct)
    {
        var patient = await identities.FindAsync(tenant, stream, ct);
        return patient is null ? (body, Errors.NoPatient()) : (body with { Patient = patient, Resources = PatientBinding.Bind(body.Resources, patient) }, null);
    }

    /// <summary>On the sending system's own stream, since it is about no patient; but what ends something in a patient's home stands on that patient's.</summary>
    private Task<Prepared> SettleAsync(
        Sender sender, EventMetadata metadata, MessageBody body, Translation.NothingToJournal nothing, TenantKeys keys, DedupKey dedup, CancellationToken ct)
    {
        var stream = nothing.EndsIds.Count > 0 && Placement.Holder(nothing.Envelope, sender.Municipality) is { } holder
            ? StreamName.Parse(holder)
            : new StreamName("system", Convert.ToHexStringLower(keys.KeyedHash("system-stream", sender.Client.VkpId).AsSpan(0, 12)));
        return SealAsync(sender, stream, MessageEvents.Accepted, MessageDescription.Of(metadata, nothing, keys, stream), body, dedup, ct);
    }

    private Task<Prepared> HoldAsync(Sender sender, EventMetadata metadata, MessageBody body, VkpError reason, DedupKey dedup, CancellationToken ct) =>
        SealAsync(sender, HeldMessages.StreamOf(metadata.MessageId!.Value), MessageEvents.Held, metadata with { Issues = [reason], Code = reason.Code }, body, dedup, ct);

    private async Task<Prepared> SealAsync(Sender sender, StreamName stream, string type, EventMetadata metadata, MessageBody body, DedupKey dedup, CancellationToken ct)
    {
        var buffer = BodyBuffers.Shared.Get();
        try
        {
            body.WriteTo(buffer);
            return await SealAsync(sender, stream, type, metadata, buffer.WrittenMemory, dedup, ct);
        }
        finally
        {
            BodyBuffers.Shared.Return(buffer);
        }
    }

    private async Task<Prepared> SealAsync(Sender sender, StreamName stream, string type, EventMetadata metadata, ReadOnlyMemory<byte> plain, DedupKey dedup, CancellationToken ct)
    {
        var id = metadata.MessageId!.Value;
        var sealedBody = await vault.SealAsync(sender.Tenant, stream, id, plain, ct);
        return new Prepared(new AppendRequest(sender.Tenant, stream, [new NewEvent(id, type, metadata.ToJson(), sealedBody)], Dedup: dedup), metadata);
    }

    private async Task<IntakeAnswer> InterpretAsync(Sender sender, Prepared ready, AppendResult result, CancellationToken ct)
    {
        if (ready.Heard is { } heard) await heartbeats.HeardAsync(sender.Tenant, sender.Client.VkpId, heard.Device, heard.At, ready.Metadata.MessageId!.Value, ct);
        switch (result)
        {
            case AppendResult.Appended:
                return Stored(ready.Append.Events[0].Type, ready.Metadata);
            case AppendResult.Duplicate duplicate:
                return Stored(duplicate.Original.Type, EventMetadata.Parse(duplicate.Original.Metadata));
            case AppendResult.ConflictingDuplicate conflict:
                var first = EventMetadata.Parse(conflict.Original.Metadata).MessageId!.Value;
                await QuarantineAsync(sender, ready, Errors.SourceIdReused(first), ct);
                return new IntakeAnswer.Refused([Errors.SourceIdReused(first)]);
            default:
                throw new InvalidOperationException($"An append without expected version answered {result.GetType().Name}.");
        }
    }

    private static IntakeAnswer.Stored Stored(string type, EventMetadata metadata) =>
        new(metadata.MessageId!.Value, type == MessageEvents.Held, metadata.Issues ?? []);

    /// <summary>The second content under a used id is kept once, visible as held, and never routed.</summary>
    private async Task QuarantineAsync(Sender sender, Prepared ready, VkpError reason, CancellationToken ct)
    {
        var dedup = ready.Append.Dedup!;
        var both = Convert.ToHexStringLower(dedup.KeyHash.Span) + Convert.ToHexStringLower(dedup.BodyHash.Span);
        var keys = await vault.TenantAsync(sender.Tenant, ct);
        var id = DeterministicId.From("quarantine", sender.Municipality.OrgNo, sender.Client.VkpId, both);
        var refused = ready.Append.Events[0];
        var plain = await vault.OpenAsync(new RecordedEvent(sender.Tenant, 0, ready.Append.Stream, 0, refused.Id, refused.Type, time.GetUtcNow(), dedup.Source, refused.Metadata, refused.Body), ct);
        var quarantined = await SealAsync(
            sender,
            HeldMessages.StreamOf(id),
            MessageEvents.Held,
            ready.Metadata with { MessageId = id, SettleReason = null, CaseKeys = null, CaseRole = null, Lane = null, Issues = [reason], Code = reason.Code },
            plain,
            dedup with { KeyHash = keys.KeyedHash("quarantine", both).AsMemory(0, 16) },
            ct);
        await store.AppendAsync(quarantined.Append, ct);
    }

    /// <summary>What waits for the log's answer: of a list of hundreds, with no more of each than is appended.</summary>
    private sealed record Prepared(AppendRequest Append, EventMetadata Metadata)
    {
        /// <summary>The device a heartbeat is of, when it changes what is known of it.</summary>
        public (string Device, DateTimeOffset At)? Heard { get; init; }
    }
}
