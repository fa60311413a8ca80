using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>One step of the treatment log (behandlingslogg).</summary>
/// <param name="Words">What stands beside the step's code: who, where, why.</param>
internal sealed record LogStep(string Name, FhirCode Code, DateTimeOffset At, string? By, string? To, string? Words, FhirCode? Mode)
{
    /// <summary>The national code of each step, and the words the code does not say.</summary>
    private static readonly Dictionary<string, (FhirCode Code, string? Words)> ByName = new()
    {
        ["raised"] = (CompositionEvents.Reported, null),
        ["received"] = (CompositionEvents.Reported, "mottatt"),
        ["claimed"] = (CompositionEvents.BeingHandled, null),
        ["released"] = (CompositionEvents.BeingHandled, "frigitt"),
        ["reopened"] = (CompositionEvents.BeingHandled, "gjenåpnet"),
        ["callStarted"] = (CompositionEvents.Conversation, "startet"),
        ["callEnded"] = (CompositionEvents.Conversation, "avsluttet"),
        ["noContact"] = (CompositionEvents.Conversation, "oppnår ikke kontakt"),
        ["dispatched"] = (CompositionEvents.ToDispatch, null),
        ["dispatchAccepted"] = (CompositionEvents.DispatchAccepted, null),
        ["dispatchRejected"] = (CompositionEvents.Action, "utrykning avvist"),
        ["onSite"] = (CompositionEvents.Action, "på stedet"),
        ["causeSet"] = (CompositionEvents.Cause, null),
        ["actionLogged"] = (CompositionEvents.Measure, null),
        ["escalated"] = (CompositionEvents.Action, "eskalert"),
        ["transferred"] = (CompositionEvents.OtherParty, "overført"),
        ["cancelled"] = (CompositionEvents.Acknowledged, "avbrutt"),
        ["closed"] = (CompositionEvents.Acknowledged, null),
    };

    public static LogStep? Read(JsonFields step)
    {
        var name = step.Text("step", charactersMax: 64);
        if (ByName.TryGetValue(name, out var known))
            return Read(step, name, known.Code, known.Words, step.Time("at"));
        if (name.Length > 0)
            step.Findings.Fault(TranslationErrors.NotAllowed(step.At("step"), ByName.Keys));
        return null;
    }

    /// <summary>A step that is an event of its own: its time is the event's.</summary>
    public static LogStep Read(JsonFields data, string name, DateTimeOffset at) => Read(data, name, ByName[name].Code, ByName[name].Words, at);

    public Composition.EventComponent Event() => Compositions.Step(Code, At, Words);

    private static LogStep Read(JsonFields step, string name, FhirCode code, string? words, DateTimeOffset at)
    {
        var by = step.TextOrNull("by", charactersMax: 120);
        var to = step.TextOrNull("to", charactersMax: 120);
        var cause = name == "causeSet" && step.TextOrNull("code", charactersMax: 64) is { } causeCode ? Causes.Text(causeCode) : null;
        var text = step.TextOrNull("text", charactersMax: 2000);
        var mode = name == "callStarted" && step.Has("mode") ? Encounters.ReadMode(step) : null;
        var parts = new[] { words, cause, text, to is null ? null : $"til {to}", by is null ? null : $"av {by}" }.OfType<string>();
        return new LogStep(name, code, at, by, to, string.Join(", ", parts) is { Length: > 0 } joined ? joined : null, mode);
    }
}
