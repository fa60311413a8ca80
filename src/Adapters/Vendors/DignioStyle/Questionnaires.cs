using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>Answers that come without an alert: stored, and journaled only when an alert on them is closed.</summary>
internal static class Questionnaires
{
    public static Func<Outcome> Answered(VendorEvent source)
    {
        var questionnaire = AnsweredForm.Read(source.Data, source.OccurredAt);
        return () => new Outcome.Journal(Lane.Routine, ServiceCodes.HomeFollowUp, CaseRole.None, [], Freshness.Day, questionnaire.Resources(source))
        {
            AboutIds = [questionnaire.AboutId],
            NoEntryReason = "questionnaire",
        };
    }
}
