using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>A note interface in the style of CosDoc: patients by a running number of its own, notes under the sender's id.</summary>
internal sealed class CosDocDialect : IEpjDialect
{
    public string Base => "cosdoc/";

    public string ContentType => NoteAnswers.ContentType;

    public bool Deduplicates => true;

    public void Map(IEndpointRouteBuilder routes, Desk desk)
    {
        routes.MapPost("/cosdoc/patients/search", (RequestDelegate)(context => desk.LookUpAsync(context, Search)));
        routes.MapPut("/cosdoc/patients/{number}/notes/{id}", (RequestDelegate)(context => desk.TakeAsync(context, (ReadOnlyMemory<byte> body, out IReadOnlyList<string> faults) => Read(context, body, out faults))));
    }

    public Answered Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence) =>
        new(201, new JsonObject { ["id"] = message.MessageHeaderId, ["sequence"] = sequence }.ToJsonString());

    public Answered TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now) => NoteAnswers.Later;

    public Answered FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text) => NoteAnswers.No(code, text);

    public Answered Unreadable(IReadOnlyList<string> faults) => NoteAnswers.Unreadable(faults);

    /// <summary>A running number for every patient but the stranger, the same for the same patient.</summary>
    private static Answered Search(ReadOnlyMemory<byte> body)
    {
        var national = JsonReading.Object(body)?.Text("nationalId");
        var patients = new JsonArray();
        if (national is not null && !SyntheticPeople.IsStranger(national)) patients.Add(new JsonObject { ["localNumber"] = RunningNumber(national) });
        return new Answered(200, new JsonObject { ["patients"] = patients }.ToJsonString());
    }

    private static string RunningNumber(string national) => $"{1000 + (BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(national))) % 900_000)}";

    private static IncomingMessage? Read(HttpContext context, ReadOnlyMemory<byte> body, out IReadOnlyList<string> faults)
    {
        if (NoteAnswers.Read(body, ["heading", "text", "time"], out faults) is not { } note) return null;
        var id = context.Request.RouteValues["id"] as string ?? "";
        return IncomingMessage.OfNote(id, id, "note", context.Request.RouteValues["number"] as string, $"{note.Text("heading")}\n{note.Text("text")}");
    }
}
