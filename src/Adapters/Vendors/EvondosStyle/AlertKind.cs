using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;
using static Vkp.Fhir.Model.DetectedIssue;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>One kind of alert: its code, how severe it is, and the sentence that says what happened.</summary>
/// <param name="Lane">Routine for what is technical; clinical as soon as a dose is touched.</param>
/// <param name="Text">Bokmål, a complete sentence with what the code's display does not say; empty when the display says all.</param>
internal sealed record AlertKind(FhirCode Code, DetectedIssueSeverity Severity, Lane Lane, Func<AlertFacts, string> Text)
{
    public bool NeedsDose { get; init; }

    public bool NeedsTrip { get; init; }

    public bool NeedsMessage { get; init; }

    /// <summary>The kind this becomes when the event names a dose: a dispenser that is off line at a dose time leaves the dose unknown, not missed.</summary>
    public AlertKind? WithDose { get; init; }

    /// <summary>The kind this becomes when the sender says that the dispenser was off line.</summary>
    public AlertKind? WhenOffline { get; init; }

    /// <summary>What the alert is to other events about the same dose or device.</summary>
    public CaseTraits Traits { get; init; }

    /// <summary>What the alert is about beside a dose, `contact` or `power`: the device's own word that it is well again ends it.</summary>
    public string? Condition { get; init; }

    /// <summary>The robot itself says it, so that there is contact with it; not what its service finds out from its silence.</summary>
    public bool IsFromDevice { get; init; } = true;

    public EventRule Rule() => new(NeedsPatient: true, Read);

    /// <summary>Every alert opens a case that one document closes.</summary>
    private Func<Outcome> Read(VendorEvent source)
    {
        var alertId = source.Data.Text("alertId", charactersMax: 64);
        var facts = AlertFacts.Read(source.Data, this);
        // A verdict about a dose from behind a broken line is no verdict: nobody knows what the robot did.
        var kind = (facts.Dose is not null ? WithDose : null) ?? (facts.Dispenser.IsOnline == false ? WhenOffline : null) ?? this;
        return () => new Outcome.Journal(
            facts.Dose is null ? kind.Lane : Lane.Clinical, ServiceCodes.MedicineDispenser, CaseRole.Opens, [alertId], Freshness.Day, [kind.Alert(source, facts)])
        {
            AboutIds = [.. facts.Dose is { } dose ? [dose.AboutId] : Array.Empty<string>(), .. kind.Condition is { } condition ? [facts.Dispenser.ConditionId(condition)] : Array.Empty<string>()],
            EndsIds = IsFromDevice ? [facts.Dispenser.ConditionId(Dispenser.Contact)] : [],
            // As soon as a dose is touched it is no longer about the device alone.
            Traits = facts.Dose is null ? kind.Traits : kind.Traits & ~CaseTraits.Technical,
        };
    }

    private DetectedIssue Alert(VendorEvent source, AlertFacts facts)
    {
        var sentences = new List<string> { Text(facts) };
        if (facts.Dose is { } dose && !NeedsDose)
            sentences.Add($"Gjelder dose {dose.When}.");
        if (facts.RemainingPouches is { } pouches)
            sentences.Add($"{Words.Pouches(pouches)} igjen.");
        if (source.TimeIsUncertain)
            sentences.Add(Words.UncertainTime);
        return Alerts.Alert(source, source.Id("alert"), Code, Severity, facts.Dispenser.AsActor(), string.Join(' ', sentences.Where(sentence => sentence.Length > 0)));
    }
}
