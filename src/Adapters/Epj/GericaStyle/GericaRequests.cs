using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters.Notes;

namespace Vkp.Adapters.Epj.GericaStyle;

/// <summary>The two requests of one message. Pure: the same message and settings give the same bytes.</summary>
internal sealed class GericaRequests
{
    private const string Json = "application/json";

    /// <summary>The EPJ drops the offset and has no field for our id, so both stand in the text.</summary>
    private static readonly NoteTemplate Template = new(CharactersMax: 8000) { LineBreak = "\r\n", TellsEventTime = true, TellsReference = true };

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly OutboundMessage message;
    private readonly string patientPath;
    private readonly string access;
    private readonly int journalType;
    private readonly JournalNote note;

    private GericaRequests(OutboundMessage message, string patientPath, string access, int journalType)
    {
        (this.message, this.patientPath, this.access, this.journalType) = (message, patientPath, access, journalType);
        note = JournalNote.Of(message, Template);
    }

    /// <param name="unusable">Name of the setting that is missing or no number, when there is one.</param>
    public static bool TryCreate(OutboundMessage message, SourceIdentifier patient, [NotNullWhen(true)] out GericaRequests? requests, out string unusable)
    {
        requests = null;
        unusable = string.Empty;
        if (message.Setting("domain") is not { } domain)
            unusable = "domain";
        else if (message.Setting("key") is not { } key)
            unusable = "key";
        else if (message.Setting("employeeId") is null)
            unusable = "employeeId";
        else if (message.Number("journalType", message.ServiceCode) is not { } journalType)
            unusable = "journalType";
        else
            requests = new GericaRequests(message, $"api/v1/patients/{Uri.EscapeDataString(patient.Value)}", $"domain={Uri.EscapeDataString(domain)}&key={Uri.EscapeDataString(key)}", journalType);
        return requests is not null;
    }

    /// <summary>The services the patient has on the Norwegian day of the event.</summary>
    public EpjRequest Services()
    {
        var day = NorwegianTime.Local(message.OccurredAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new EpjRequest("GET", $"{patientPath}/careServices?activeOnDate={day}&allowEmpty=true&{access}", Json, default) { ChangesJournal = false };
    }

    public EpjRequest Note()
    {
        var body = new JsonObject
        {
            ["JournalType"] = journalType,
            ["EmployeeId"] = message.Setting("employeeId", note.AuthorHprNumber),
            // Exactly one of Registered and StartTime may be given. With its offset, so that the server converts what is meant; what it keeps is local time
            // without offset, in which an hour in October happens twice. The text says which.
            ["StartTime"] = NorwegianTime.Local(message.OccurredAt).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["Heading"] = note.Title,
            ["Text"] = note.Text,
        };
        return new EpjRequest("POST", $"{patientPath}/journals?{access}", Json, JsonSerializer.SerializeToUtf8Bytes(body, Written));
    }
}
