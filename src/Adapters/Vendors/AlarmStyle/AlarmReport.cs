using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.AlarmStyle;

/// <summary>The alarm itself, as the raising and the closing tell of it.</summary>
internal sealed record AlarmReport(string AlarmId, AlarmKind Kind, string? Place, SourceIdentifier? Transmitter)
{
    public static AlarmReport Read(JsonFields data)
    {
        var device = data.ObjectOrNull("device")?.TextOrNull("serial", charactersMax: 64);
        var controller = data.ObjectOrNull("origin")?.TextOrNull("cid", charactersMax: 20);
        return new AlarmReport(
            data.Text("alarmId", charactersMax: 64), AlarmKind.Read(data), Encounters.ReadPlace(data),
            (device ?? controller) is { } serial ? new SourceIdentifier(Identity.DeviceSerial, serial) : null);
    }

    /// <summary>Under one id from raised to closed; preliminary as long as it is open.</summary>
    public DetectedIssue Issue(VendorEvent source, ObservationStatus status, DateTimeOffset raisedAt)
    {
        var author = Transmitter is { } transmitter ? Parts.Logical(transmitter, "Alarmsender") : new ResourceReference { Display = "Responssenter" };
        var sentences = new[] { Kind.Unknown is { } word ? $"Varseltype: {word}" : null, Place is { } place ? $"Sted: {place}" : null }.OfType<string>();
        var issue = Alerts.Alert(source, IdOf(source, AlarmId), Kind.Code, Kind.Severity, author, string.Join(". ", sentences));
        issue.Status = status;
        issue.Identified = new FhirDateTime(raisedAt);
        return issue;
    }

    public static Guid IdOf(VendorEvent source, string alarmId) => source.SharedId("alarm", alarmId);

    /// <summary>The one note of an alarm: steps that come one by one and the closing that has them all speak of the same.</summary>
    public static Guid LogIdOf(VendorEvent source, string alarmId) => source.SharedId("log", alarmId);
}
