using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>
/// A note interface in the style of Gerica: patient number and key in the address, local time kept without offset, nothing known of the sender's ids.
/// It writes what it is sent, as often as it is sent.
/// </summary>
internal sealed partial class GericaDialect : IEpjDialect
{
    public string Base => "gerica/";

    public string ContentType => NoteAnswers.ContentType;

    public bool Deduplicates => false;

    public void Map(IEndpointRouteBuilder routes, Desk desk)
    {
        routes.MapGet("/gerica/api/v1/patients/{id}/careServices", (RequestDelegate)(context => desk.LookUpAsync(context, _ => Services(context))));
        routes.MapGet("/gerica/api/v1/patients/{id}", (RequestDelegate)(context => desk.LookUpAsync(context, _ => Known(context, Person))));
        routes.MapGet("/gerica/api/v1/patients/{id}/visits", (RequestDelegate)(context => desk.LookUpAsync(context, _ => Known(context, Visits))));
        routes.MapGet("/gerica/api/v1/patients/{id}/measures", (RequestDelegate)(context => desk.LookUpAsync(context, _ => Known(context, Measures))));
        routes.MapPost("/gerica/api/v1/patients/{id}/journals", (RequestDelegate)(context => desk.TakeAsync(context, (ReadOnlyMemory<byte> body, out IReadOnlyList<string> faults) => Read(context, body, out faults))));
    }

    public Answered Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence) => new(201, new JsonObject { ["JournalId"] = sequence }.ToJsonString());

    public Answered TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now) => NoteAnswers.Later;

    public Answered FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text) => NoteAnswers.No(code, text);

    public Answered Unreadable(IReadOnlyList<string> faults) => NoteAnswers.Unreadable(faults);

    private static Answered Services(HttpContext context) => Known(context, _ => """[{"CareserviceId":1,"PlannedAction":"15","ServiceCode":"3.2.7","Name":"Medisindispenser"}]""");

    private static string Person(HttpContext context) =>
        PatientRecords.NameOf(context.Request.RouteValues["id"] as string ?? "").Split(' ') is [var first, .. var rest] ? new JsonObject { ["FirstName"] = first, ["LastName"] = string.Join(' ', rest) }.ToJsonString() : "{}";

    private static string Visits(HttpContext context)
    {
        var day = context.Request.Query["from"].ToString() is { Length: >= 10 } from ? from[..10] : "2026-05-11";
        return new JsonArray(new JsonObject { ["VisitId"] = 1, ["Description"] = "Morgenstell", ["From"] = $"{day}T08:00:00+02:00", ["To"] = $"{day}T08:30:00+02:00" }).ToJsonString();
    }

    private static string Measures(HttpContext context) => """[{"MeasureId":1,"Description":"Tilrettelegge medisiner"}]""";

    private static Answered Known(HttpContext context, Func<HttpContext, string> answer) => SyntheticPeople.IsStranger(context.Request.RouteValues["id"] as string)
        ? new Answered(404, NoteAnswers.Error("UNKNOWN_PATIENT", "Ukjent pasient"))
        : new Answered(200, answer(context));

    private static IncomingMessage? Read(HttpContext context, ReadOnlyMemory<byte> body, out IReadOnlyList<string> faults)
    {
        if (NoteAnswers.Read(body, ["JournalType", "EmployeeId", "Text"], out faults) is not { } note) return null;
        if ((note["Registered"] is null) == (note["StartTime"] is null)) faults = ["exactly one of Registered and StartTime must be given"];
        if (context.Request.Query["key"].Count != 1) faults = [.. faults, "the key is missing"];
        if (!DateTimeOffset.TryParse((note.Text("StartTime") ?? note.Text("Registered")), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) faults = [.. faults, "the time cannot be read"];
        if (faults.Count > 0) return null;

        // Local time without offset is all that is kept: in the hour that occurs twice, the text alone can tell which it was.
        var local = OsloTime.From(at).ToString("dd.MM.yyyy HH:mm", CultureInfo.InvariantCulture);
        var text = note.Text("Text")!.Replace("\r\n", "\n", StringComparison.Ordinal);
        var reference = Reference().Match(text) is { Success: true } found ? found.Value : "";
        return IncomingMessage.OfNote(reference, reference, "journal", context.Request.RouteValues["id"] as string, $"{local} {note.Text("Heading")}\n{text}");
    }

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.ExplicitCapture | RegexOptions.RightToLeft, 1000)]
    private static partial Regex Reference();
}
