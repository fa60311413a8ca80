using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Envelope;

/// <summary>Reads the members that every event of the modelled vendor styles has around its `data`.</summary>
internal sealed class EnvelopeReader
{
    /// <summary>A clock this far ahead is still taken at its word.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(5);

    private static readonly Dictionary<string, bool> Environments = new() { ["production"] = false, ["test"] = true };

    private readonly JsonFields _root;
    private readonly DateTimeOffset _receivedAt;

    public EnvelopeReader(JsonFields root, DateTimeOffset receivedAt)
    {
        _root = root;
        _receivedAt = receivedAt;
        EventType = Word("eventType");
        SchemaMajor = Word("schemaVersion").Split('.')[0];
    }

    public string EventType { get; }

    public string SchemaMajor { get; }

    public bool TimeIsUncertain { get; private set; }

    public EventEnvelope Read(bool patientIsRequired)
    {
        var data = _root.ObjectOrNull("data");
        return new EventEnvelope(
            _root.Text("eventId", charactersMax: 128),
            EventType,
            Municipality(),
            OccurredAt(),
            Patient(patientIsRequired),
            Device(data),
            _root.Choice("environment", Environments));
    }

    /// <summary>Names that go into logs and errors: letters, digits, dots and hyphens only, so that nothing personal can hide in one.</summary>
    private string Word(string name)
    {
        var text = _root.Text(name, charactersMax: 64);
        if (text.Length == 0 || (char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-') && text.Count(char.IsAsciiDigit) < 9))
            return text;
        _root.Findings.Fault(TranslationErrors.TextForm(_root.At(name), "a name of letters, digits, dots and hyphens"));
        return string.Empty;
    }

    private string? Municipality()
    {
        if (_root.Object("tenant") is not { } tenant)
            return null;
        var number = tenant.Text("municipalityOrgNo", charactersMax: 32);
        if (number.Length > 0 && !Identity.IsOrganisationNumber(number))
            _root.Findings.Fault(TranslationErrors.OrganisationNumber(tenant.At("municipalityOrgNo")));
        return number;
    }

    /// <summary>
    /// A time in the future is a wrong clock. When the sender's own clock (`sentAt`) is ahead by the same reason, the event is shifted by the difference;
    /// otherwise the hub's time is used and every text says that the device's time is uncertain.
    /// </summary>
    private DateTimeOffset OccurredAt()
    {
        var occurredAt = _root.Time("occurredAt");
        var sentAt = _root.TimeOrNull("sentAt");
        if (occurredAt <= _receivedAt + AheadMax)
            return occurredAt;

        if (sentAt - _receivedAt is { } ahead && ahead > AheadMax && occurredAt - ahead <= _receivedAt + AheadMax)
        {
            _root.Findings.Repair(TranslationErrors.ClockShifted(_root.At("occurredAt")));
            return occurredAt - ahead;
        }

        TimeIsUncertain = true;
        _root.Findings.Repair(TranslationErrors.ClockAhead(_root.At("occurredAt")));
        return _receivedAt;
    }

    private SourceIdentifier? Patient(bool isRequired)
    {
        var patient = isRequired ? _root.Object("patient") : _root.ObjectOrNull("patient");
        if (patient is null)
            return null;
        var system = patient.Choice("idType", Identity.PersonSystems);
        var number = patient.Text("nationalId", charactersMax: 32);
        if (system is null || number.Length == 0)
            return null;
        if (!Identity.IsPersonNumber(system, number))
            _root.Findings.Fault(TranslationErrors.IdentityNumber(patient.At("nationalId")));
        return new SourceIdentifier(system, number);
    }

    private static SourceIdentifier? Device(JsonFields? data) =>
        data?.ObjectOrNull("device")?.TextOrNull("serial", charactersMax: 64) is { Length: > 0 } serial ? new SourceIdentifier(Identity.DeviceSerial, serial) : null;
}
