using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>The catalogue: one line per event type.</summary>
internal static class EventRules
{
    public static IReadOnlyDictionary<string, EventRule> All { get; } = new Dictionary<string, EventRule>
    {
        ["measurement.recorded"] = new(NeedsPatient: true, Measuring.Recorded),
        ["measurement.corrected"] = new(NeedsPatient: true, Measuring.Corrected),
        ["measurement.deleted"] = new(NeedsPatient: true, Measuring.Deleted),
        // The colour reaches the journal with the alert it raises; a green one is of no interest there.
        ["threshold.evaluated"] = EventRule.Nothing("threshold"),

        ["alert.opened"] = new(NeedsPatient: true, Alerting.Opened),
        ["alert.assigned"] = EventRule.Nothing("assigned"),
        ["alert.closed"] = new(NeedsPatient: true, Alerting.Closed),

        ["questionnaire.answered"] = new(NeedsPatient: true, Questionnaires.Answered),
        ["task.missed"] = new(NeedsPatient: true, Alerting.TaskMissed),
        ["message.received"] = new(NeedsPatient: true, Messages.Received),
        ["message.read"] = EventRule.Nothing("read"),
        ["photo.uploaded"] = new(NeedsPatient: true, Photos.Uploaded),

        ["plan.published"] = new(NeedsPatient: true, source => Plans.Read(source, retired: false)),
        ["plan.retired"] = new(NeedsPatient: true, source => Plans.Read(source, retired: true)),

        // The municipality grants services; a vendor's enrolment never creates one.
        ["enrolment.started"] = EventRule.Nothing("enrolment"),
        ["enrolment.paused"] = EventRule.Nothing("enrolment"),
        ["enrolment.ended"] = EventRule.Nothing("enrolment"),
        ["device.assigned"] = EventRule.Nothing("device"),
        ["device.returned"] = EventRule.Nothing("device"),
    };
}
