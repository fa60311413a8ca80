using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>Planned look-ins: done, missed, or refused.</summary>
internal static class Supervisions
{
    public static Func<Outcome> Performed(VendorEvent source)
    {
        var visit = SupervisionVisit.Read(source.Data, ended: true);
        return () => Journal(visit.SupervisionId, visit.Resources(source));
    }

    public static Func<Outcome> NotDone(VendorEvent source, string sentence)
    {
        var id = source.Data.Text("supervisionId", charactersMax: 64);
        var plannedAt = source.Data.Time("plannedAt");
        var reason = source.Data.TextOrNull("reason", charactersMax: 500);
        return () => Journal(id, [Alerts.Alert(
            source, source.SharedId("missedVisit", id), AlertCodes.PlannedCamera, DetectedIssue.DetectedIssueSeverity.Moderate, new ResourceReference { Display = "Digitalt tilsyn" },
            $"{sentence}, planlagt {Notes.NorwegianTime.DateAndTime(plannedAt)}{(reason is null ? string.Empty : $": {reason}")}")]);
    }

    private static Outcome.Journal Journal(string supervisionId, IReadOnlyList<Resource> resources) =>
        new(Lane.Clinical, ServiceCodes.DigitalSupervision, CaseRole.None, [], Freshness.Day, resources) { AboutIds = [$"supervision:{supervisionId}"] };
}
