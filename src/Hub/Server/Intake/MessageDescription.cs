using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Intake;

/// <summary>The plain description of a message that goes on: what Routing decides by, without opening the body.</summary>
public static class MessageDescription
{
    /// <param name="receivedAt">When the hub took the message; later than the translation's <see cref="Translation.Translated.FreshFor"/> it is no news any more.</param>
    public static EventMetadata Of(EventMetadata metadata, Translation.Translated message, TenantKeys keys, StreamName stream, DateTimeOffset receivedAt)
    {
        var owner = Owner(metadata, stream);
        var isLate = receivedAt - message.Envelope.OccurredAt > message.FreshFor;
        return metadata with
        {
            // Somebody has acted on a stale alarm, or nobody will because of the message: it must not go before a fresh one.
            Lane = isLate && message.Lane == Lane.Alarm && message.CaseRole == CaseRole.Opens ? Lane.Clinical : message.Lane,
            Service = message.ServiceCode,
            CaseRole = message.CaseRole,
            CaseKeys = Hashed(keys, "case", owner, message.CaseIds),
            WholeCaseKeys = Hashed(keys, "case", owner, message.WholeCaseIds),
            AboutKeys = Hashed(keys, "about", owner, message.AboutIds),
            EndsKeys = Hashed(keys, "about", owner, message.EndsIds),
            GroupKey = message.GroupId is { } group ? Hash(keys, "group", owner, group) : null,
            Traits = message.Traits == CaseTraits.None ? null : message.Traits,
            IsLate = isLate ? true : null,
            SettleReason = message.NoEntryReason,
            Form = message.Resources is [Fhir.Model.Composition or Fhir.Model.MedicationDispense] ? message.Resources[0].TypeName : null,
            HasObservations = message.Resources.Any(resource => resource is Fhir.Model.Observation) ? true : null,
            Issues = message.Repairs.Count == 0 ? null : message.Repairs,
        };
    }

    /// <summary>The plain description of a message that is nothing for a journal.</summary>
    public static EventMetadata Of(EventMetadata metadata, Translation.NothingToJournal message, TenantKeys keys, StreamName stream) => metadata with
    {
        Lane = Lane.Routine,
        SettleReason = message.Reason,
        EndsKeys = Hashed(keys, "about", Owner(metadata, stream), message.EndsIds),
    };

    /// <summary>The key of a vendor's case, by which Routing knows the messages that belong together.</summary>
    public static string CaseKey(TenantKeys keys, string stream, string source, string caseId) => Hash(keys, "case", $"{stream}|{source}", caseId);

    /// <summary>Keys are bound to the patient: a closing that names another patient's alert by mistake never folds it.</summary>
    private static string Owner(EventMetadata metadata, StreamName stream) => $"{stream}|{metadata.Source}";

    private static string Hash(TenantKeys keys, string purpose, string owner, string id) => Convert.ToHexStringLower(keys.KeyedHash(purpose, $"{owner}|{id}").AsSpan(0, 16));

    private static IReadOnlyList<string>? Hashed(TenantKeys keys, string purpose, string owner, IReadOnlyList<string> ids) =>
        ids.Count == 0 ? null : [.. ids.Select(id => Hash(keys, purpose, owner, id))];
}
