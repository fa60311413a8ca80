using System.Text.Json;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Envelope;

/// <summary>
/// The translation of one vendor's events: the envelope all styles share, and one <see cref="EventRule"/> per event type.
/// Unknown event types and schema versions are held, wrong ones are rejected with everything found.
/// </summary>
/// <param name="olderNames">Those event types that are older names, each with the name it goes by now.</param>
internal sealed class EventCatalogue(
    AdapterInfo source, string schemaMajor, IReadOnlyDictionary<string, EventRule> rules, IReadOnlyDictionary<string, string>? olderNames = null)
{
    private readonly IReadOnlyDictionary<string, string> _olderNames = olderNames ?? new Dictionary<string, string>();

    public IReadOnlyList<VendorEventKind> Kinds { get; } = KindsOf(rules.Keys, olderNames ?? new Dictionary<string, string>());

    public Translation Translate(VendorPayload payload)
    {
        var findings = new Findings();
        using var document = JsonText.Parse(payload.Bytes, findings);
        if (document is null)
            return new Translation.Rejected(findings.Faults);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return new Translation.Rejected([TranslationErrors.WrongType("$", "an object", "something else")]);

        var root = new JsonFields(document.RootElement, "$", findings);
        var reader = new EnvelopeReader(root, payload.ReceivedAt);
        var rule = rules.GetValueOrDefault(reader.EventType);
        var envelope = reader.Read(patientIsRequired: rule is { NeedsPatient: true });
        // Policies and statistics are by the name of today; the sender's own stands in the body that is kept.
        if (_olderNames.TryGetValue(reader.EventType, out var nameNow))
            envelope = envelope with { EventKind = nameNow };

        if (!findings.AreFatal && reader.SchemaMajor != schemaMajor)
            return new Translation.Held(envelope, TranslationErrors.UnknownSchemaVersion(source.Name, schemaMajor));
        if (rule is null)
            return findings.AreFatal ? new Translation.Rejected(findings.Faults) : new Translation.Held(envelope, TranslationErrors.UnknownEventType(source.Name, reader.EventType));
        return Apply(rule, root.Object("data"), envelope, reader.TimeIsUncertain, payload.DoubtsConfirmed, findings);
    }

    private static IReadOnlyList<VendorEventKind> KindsOf(IEnumerable<string> types, IReadOnlyDictionary<string, string> olderNames)
    {
        var older = olderNames.ToLookup(pair => pair.Value, pair => pair.Key);
        return [.. types.Where(type => !olderNames.ContainsKey(type)).Select(type => new VendorEventKind(type, [.. older[type]]))];
    }

    private Translation Apply(EventRule rule, JsonFields? data, EventEnvelope envelope, bool timeIsUncertain, bool doubtsConfirmed, Findings findings)
    {
        if (data is null)
            return new Translation.Rejected(findings.Faults);

        var compose = rule.Read(new VendorEvent(source, envelope, envelope.MunicipalityOrgNo ?? string.Empty, timeIsUncertain, data));
        if (findings.AreFatal)
            return new Translation.Rejected(findings.Faults);
        if (findings.Doubts.Count > 0 && !doubtsConfirmed)
            return new Translation.Held(envelope, findings.Doubts[0]);
        return compose() switch
        {
            Outcome.Journal journal => new Translation.Translated(
                envelope, journal.Lane, journal.ServiceCode, journal.CaseRole, journal.CaseIds, journal.FreshFor, journal.Resources, [.. findings.Repairs, .. findings.Doubts])
            {
                AboutIds = journal.AboutIds,
                EndsIds = journal.EndsIds,
                WholeCaseIds = journal.WholeCaseIds,
                GroupId = journal.GroupId,
                // An alert is a deviation whoever sends it; all else says that something went as planned, or that somebody did something.
                Traits = journal.Traits | (journal.Resources.Any(resource => resource is DetectedIssue) ? CaseTraits.Deviation : CaseTraits.None),
                NoEntryReason = journal.NoEntryReason,
            },
            Outcome.Nothing nothing => new Translation.NothingToJournal(envelope, nothing.Reason) { EndsIds = nothing.EndsIds },
            var other => throw new InvalidOperationException($"The outcome {other.GetType().Name} has no translation."),
        };
    }
}
