using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.SelfHelpStyle;

/// <summary>The catalogue: one line per event type.</summary>
internal static class EventRules
{
    public static IReadOnlyDictionary<string, EventRule> All { get; } = new Dictionary<string, EventRule>
    {
        ["questionnaire.answered"] = new(NeedsPatient: true, Programme.Answered),
        ["concern.raised"] = new(NeedsPatient: true, Concerns.Raised),
        ["concern.closed"] = new(NeedsPatient: true, Concerns.Closed),
        ["session.noteWritten"] = new(NeedsPatient: true, Programme.NoteWritten),
        ["programme.completed"] = new(NeedsPatient: true, Programme.Completed),
        ["programme.started"] = EventRule.Nothing("enrolment"),
        // What a patient reads and writes on the way is between the patient and the guide.
        ["step.completed"] = EventRule.Nothing("step"),
        ["message.sent"] = EventRule.Nothing("message"),
        ["service.heartbeat"] = EventRule.Nothing("heartbeat"),
    };
}
