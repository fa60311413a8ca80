using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Epj.ProfilStyle;

/// <summary>The requests of one message. Pure: the same message and settings give the same bytes.</summary>
internal static class ProfilRequests
{
    private const string Json = "application/json";

    private static readonly NoteTemplate Template = new(CharactersMax: 16_000) { TellsEventTime = true };

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static EpjRequest Note(OutboundMessage message, SourceIdentifier patient, string unit)
    {
        var note = JournalNote.Of(message, Template);
        var body = new JsonObject
        {
            ["externalId"] = message.MessageId.ToString("D"),
            ["patientId"] = patient.Value,
            ["unit"] = unit,
            ["occurredAt"] = message.OccurredAt.ToString("O"),
            ["title"] = note.Title,
            ["text"] = note.Text,
            ["measurements"] = new JsonArray([.. message.Resources.OfType<Observation>().SelectMany(Measured)]),
        };
        if (note.AuthorName is { } name)
            body["author"] = note.AuthorHprNumber is { } number ? new JsonObject { ["name"] = name, ["hprNumber"] = number } : new JsonObject { ["name"] = name };
        return new EpjRequest("POST", "notes", Json, JsonSerializer.SerializeToUtf8Bytes(body, Written)) { Headers = Access(message) };
    }

    public static EpjRequest Question(OutboundMessage message) =>
        new("GET", $"notes?externalId={message.MessageId:D}", Json, default) { ChangesJournal = false, Headers = Access(message) };

    private static (string, string)[] Access(OutboundMessage message) => message.Setting("token") is { } token ? [("Authorization", $"Bearer {token}")] : [];

    /// <summary>The values beside the text: one line per quantity, components each on their own.</summary>
    private static IEnumerable<JsonNode> Measured(Observation observation)
    {
        foreach (var (code, value) in observation.Component.Select(part => (part.Code, part.Value)).Prepend((observation.Code, observation.Value)))
        {
            if (value is not Quantity { Value: { } number } quantity || code?.Coding.FirstOrDefault() is not { } coding)
                continue;
            yield return new JsonObject
            {
                ["system"] = coding.System,
                ["code"] = coding.Code,
                ["display"] = coding.Display ?? code.Text,
                ["value"] = number,
                ["unit"] = quantity.Code ?? quantity.Unit,
                ["measuredAt"] = (observation.Effective as FhirDateTime)?.Text,
            };
        }
    }
}
