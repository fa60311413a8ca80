using Vkp.Fhir.Model;

namespace Vkp.Adapters.Cases;

/// <summary>Alerts that turned out otherwise: the dose came out after all.</summary>
internal static class Superseding
{
    private const string TookPlace = "Dosen ble likevel utlevert.";

    /// <summary>Copies of the alerts among these, cancelled, each once; what else there is stays out of a dispense's document.</summary>
    public static IEnumerable<Resource> Cancelled(IEnumerable<Resource> replaced) => replaced.OfType<DetectedIssue>().DistinctBy(issue => issue.Id).Select(issue =>
    {
        var cancelled = (DetectedIssue)issue.DeepCopy();
        cancelled.Status = ObservationStatus.Cancelled;
        cancelled.Detail = cancelled.Detail is { Length: > 0 } detail ? $"{detail} {TookPlace}" : TookPlace;
        return cancelled;
    });
}
