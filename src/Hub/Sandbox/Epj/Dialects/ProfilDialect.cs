using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>A note interface in the style of Profil: it writes what it is sent, as often as it is sent, and can be asked for the sender's id.</summary>
internal sealed class ProfilDialect : IEpjDialect
{
    public string Base => "profil/";

    public string ContentType => NoteAnswers.ContentType;

    public bool Deduplicates => false;

    public void Map(IEndpointRouteBuilder routes, Desk desk)
    {
        routes.MapPost("/profil/notes", (RequestDelegate)(context => desk.TakeAsync(context, Read)));
        routes.MapGet("/profil/notes", (RequestDelegate)(context => desk.LookUpAsync(context, _ => Find(context.Request.Query["externalId"].ToString(), desk))));
    }

    public Answered Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence) =>
        new(201, new JsonObject { ["noteId"] = $"{sequence}", ["externalId"] = message.MessageHeaderId }.ToJsonString());

    public Answered TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now) => NoteAnswers.Later;

    public Answered FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text) => NoteAnswers.No(code, text);

    public Answered Unreadable(IReadOnlyList<string> faults) => NoteAnswers.Unreadable(faults);

    private static IncomingMessage? Read(ReadOnlyMemory<byte> body, out IReadOnlyList<string> faults)
    {
        if (NoteAnswers.Read(body, ["externalId", "patientId", "unit", "title", "text"], out faults) is not { } note) return null;
        var values = note.Objects("measurements").Select(value => $"\n{value.Text("display")}: {value["value"]?.ToJsonString()} {value.Text("unit")}");
        var id = note.Text("externalId")!;
        return IncomingMessage.OfNote(id, id, "note", note.Text("patientId"), $"{note.Text("title")}\n{note.Text("text")}{string.Concat(values)}");
    }

    private static Answered Find(string externalId, Desk desk)
    {
        var notes = desk.Entries.Where(entry => entry.MessageHeaderId == externalId).Select(entry => (JsonNode)new JsonObject { ["noteId"] = $"{entry.Sequence}" });
        return new Answered(200, new JsonObject { ["externalId"] = externalId, ["notes"] = new JsonArray([.. notes]) }.ToJsonString());
    }
}
