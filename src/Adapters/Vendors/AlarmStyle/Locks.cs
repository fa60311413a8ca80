using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>Door locks, when something is wrong: who came and went is for the audit log, not for the journal.</summary>
internal static class Locks
{
    public static Func<Outcome> Read(VendorEvent source, string sentence)
    {
        var lockId = source.Data.Text("lockId", charactersMax: 64);
        var detail = source.Data.TextOrNull("detail", charactersMax: 500);
        return () => new Outcome.Journal(
            Lane.Clinical, ServiceCodes.OfAlert(AlertCodes.ElectronicDoorLock.Code)!, CaseRole.None, [], Freshness.Day,
            [Alerts.Alert(
                source, source.Id("alert"), AlertCodes.ElectronicDoorLock, DetectedIssue.DetectedIssueSeverity.Moderate,
                Parts.Logical(new SourceIdentifier(Identity.DeviceSerial, lockId), "Elektronisk dørlås"), detail is null ? sentence : $"{sentence}: {detail}")]);
    }
}
