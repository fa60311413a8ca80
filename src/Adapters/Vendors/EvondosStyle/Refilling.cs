using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>A new roll in the dispenser: told, not an alert that anyone closes.</summary>
internal static class Refilling
{
    public static Func<Outcome> RollLoaded(VendorEvent source)
    {
        var dispenser = Dispenser.Read(source.Data);
        var loader = HealthWorker.ReadOrNull(source.Data, "loadedBy");
        var remaining = source.Data.IntegerOrNull("remainingPouches", min: 0, max: 10_000);
        return () => new Outcome.Journal(
            Lane.Routine, ServiceCodes.MedicineDispenser, CaseRole.None, [], Freshness.Day, [Told(source, dispenser, loader, remaining)]);
    }

    private static DetectedIssue Told(VendorEvent source, Dispenser dispenser, HealthWorker? loader, int? remaining)
    {
        var by = loader is null ? string.Empty : $" av {loader.Name}";
        var count = remaining is { } pouches ? $", {Words.Pouches(pouches)}" : string.Empty;
        return Alerts.Alert(
            source, source.Id("alert"), AlertCodes.RollHandled, DetectedIssue.DetectedIssueSeverity.Low, dispenser.AsActor(), $"Ny rull er satt i dispenseren{by}{count}.");
    }
}
