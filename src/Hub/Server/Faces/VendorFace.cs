using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Intake;

namespace Vkp.Hub.Faces;

/// <summary>
/// `POST /vendors/{vendor}/events`: vendors with a format of their own. One event, or an array; everything is durable before the answer. A vendor without HelseID
/// signs its requests and posts them to `/vendors/{vendor}/webhooks/{orgnr}/{client}`, its questions to `$status` under it.
/// </summary>
public sealed class VendorFace(AccessTokens tokens, SignedSenders signed, EventIntake intake, MessageStatus status, IReadOnlyDictionary<string, IVendorAdapter> vendors, TimeProvider time, ILogger<VendorFace> log)
{
    public const string Scope = "vkp:vendors/events.write";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/vendors/{vendor}/events", PostAsync);
        routes.MapPost("/vendors/{vendor}/webhooks/{orgnr}/{client}", PostSignedAsync);
        routes.MapPost("/vendors/{vendor}/webhooks/{orgnr}/{client}/$status", SignedStatusAsync);
        routes.MapGet("/vendors/{vendor}/messages/{id}/$status", StatusAsync);
    }

    private async Task PostAsync(HttpContext http, string vendor)
    {
        if (!vendors.TryGetValue(vendor, out var adapter))
        {
            await Problem.WriteAsync(http.Response, [Errors.UnknownVendor(vendor)]);
            return;
        }

        var (sender, refused) = await tokens.CheckAsync(http.Request, Scope, urlOrgNo: null, vendor, http.RequestAborted);
        if (sender is null)
        {
            await Problem.WriteAsync(http.Response, [refused!]);
            return;
        }

        var (body, unreadable) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        await TakeAsync(http, vendor, adapter, sender, body, unreadable);
    }

    private async Task PostSignedAsync(HttpContext http, string vendor, string orgnr, string client)
    {
        var (sender, body, unreadable) = await SignedAsync(http, vendor, orgnr, client);
        if (sender is not null) await TakeAsync(http, vendor, vendors[vendor], sender, body, unreadable);
    }

    /// <summary>The question is a body because that is what is signed: one that was copied asks the same again, and no other.</summary>
    private async Task SignedStatusAsync(HttpContext http, string vendor, string orgnr, string client)
    {
        var (sender, body, unreadable) = await SignedAsync(http, vendor, orgnr, client);
        if (sender is null) return;

        if (unreadable is null && StatusQuestion.Read(body) is { MessageId: { } id }) await TellAsync(http, sender, id);
        else await Problem.WriteAsync(http.Response, [unreadable ?? Errors.NotJson("not a question about a message", "messageId")]);
    }

    /// <summary>What is signed is the body: it is read before anybody knows whose it is, and no further than any body is.</summary>
    /// <returns>No sender when the request is refused, and is answered already.</returns>
    private async Task<(Sender? Sender, ReadOnlyMemory<byte> Body, VkpError? Unreadable)> SignedAsync(HttpContext http, string vendor, string orgnr, string client)
    {
        if (!vendors.ContainsKey(vendor))
        {
            await Problem.WriteAsync(http.Response, [Errors.UnknownVendor(vendor)]);
            return default;
        }

        var (body, unreadable) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        var (sender, refused) = await signed.CheckAsync(http.Request, orgnr, client, vendor, body, http.RequestAborted);
        if (sender is null) await Problem.WriteAsync(http.Response, [unreadable ?? refused!]);
        return (sender, body, unreadable);
    }

    private async Task TakeAsync(HttpContext http, string vendor, IVendorAdapter adapter, Sender sender, ReadOnlyMemory<byte> body, VkpError? unreadable)
    {
        var payload = new VendorPayload(body, time.GetUtcNow());
        if (unreadable is not null)
        {
            await RefuseAsync(http, adapter, payload, [unreadable]);
            return;
        }

        if (adapter.Answer(payload, VendorAnswerKind.NotTaken) is { } notTaken)
        {
            await TakeFromDeviceAsync(http, sender, adapter, payload, notTaken);
            return;
        }

        var (events, malformed) = EventBatch.Split(body, out var isArray);
        if (malformed is not null)
        {
            await Problem.WriteAsync(http.Response, [malformed]);
            return;
        }

        // A sender that hangs up has still sent: the append is not cancelled with the request.
        var answers = await intake.TakeAsync(sender, adapter, events, CancellationToken.None);
        if (isArray) await AnswerManyAsync(http, vendor, answers);
        else await AnswerOneAsync(http, vendor, answers[0]);
    }

    /// <summary>Devices with an answer of their own form: always 200, the status is inside. That the message is stored is said only after it is.</summary>
    private async Task TakeFromDeviceAsync(HttpContext http, Sender sender, IVendorAdapter adapter, VendorPayload payload, VendorAnswer notTaken)
    {
        try
        {
            var answer = (await intake.TakeAsync(sender, adapter, [payload.Bytes], CancellationToken.None))[0];
            if (answer is IntakeAnswer.Stored) await WriteAsync(http, adapter.Answer(payload, VendorAnswerKind.Stored)!);
            else await RefuseAsync(http, adapter, payload, ((IntakeAnswer.Refused)answer).Errors);
        }
        catch (Exception away) when (away is StoreException or NpgsqlException or TimeoutException)
        {
            // The device tries its next receiver: no alarm waits for our database.
            log.LogWarning("A device's message could not be stored: {Reason}", away.Message);
            await WriteAsync(http, notTaken);
        }
    }

    private static Task RefuseAsync(HttpContext http, IVendorAdapter adapter, VendorPayload payload, IReadOnlyList<VkpError> errors)
    {
        if (adapter.Answer(payload, VendorAnswerKind.Refused) is not { } own) return Problem.WriteAsync(http.Response, errors);
        RefusalWatch.NoteRefusal(http, errors);
        return WriteAsync(http, own);
    }

    private static async Task WriteAsync(HttpContext http, VendorAnswer answer)
    {
        http.Response.ContentType = answer.ContentType;
        await http.Response.Body.WriteAsync(answer.Body);
    }

    private static async Task AnswerOneAsync(HttpContext http, string vendor, IntakeAnswer answer)
    {
        if (answer is IntakeAnswer.Stored stored)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            http.Response.Headers.Location = Location(vendor, stored.MessageId);
            await http.Response.WriteAsJsonAsync(Answer(vendor, stored), FacesJson.Default.EventAnswer);
            return;
        }

        await Problem.WriteAsync(http.Response, ((IntakeAnswer.Refused)answer).Errors);
    }

    private static Task AnswerManyAsync(HttpContext http, string vendor, IReadOnlyList<IntakeAnswer> answers)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        foreach (var refused in answers.OfType<IntakeAnswer.Refused>()) RefusalWatch.NoteRefusal(http, refused.Errors);
        IReadOnlyList<BatchEntry> entries = [.. answers.Select((answer, index) => answer switch
        {
            IntakeAnswer.Stored stored => new BatchEntry(index, StatusCodes.Status202Accepted, Answer(vendor, stored), null),
            IntakeAnswer.Refused refused => new BatchEntry(index, ErrorStatus.Of(refused.Errors[0]), null, Problem.Of(refused.Errors)),
            _ => throw new InvalidOperationException($"Intake answered {answer.GetType().Name}."),
        })];
        return http.Response.WriteAsJsonAsync(entries, FacesJson.Default.IReadOnlyListBatchEntry);
    }

    private static EventAnswer Answer(string vendor, IntakeAnswer.Stored stored) => new(
        stored.MessageId, stored.IsHeld ? "held" : "registered", Location(vendor, stored.MessageId),
        [.. stored.Issues.Select(i => new ProblemError(i.Code, i.Message, i.Hint, i.Path))]);

    private static string Location(string vendor, Guid messageId) => $"/vendors/{vendor}/messages/{messageId}/$status";

    private async Task StatusAsync(HttpContext http, string vendor, string id)
    {
        var (sender, refused) = await tokens.CheckAsync(http.Request, Scope, urlOrgNo: null, vendor, http.RequestAborted);
        if (sender is null) await Problem.WriteAsync(http.Response, [refused!]);
        else await TellAsync(http, sender, id);
    }

    private async Task TellAsync(HttpContext http, Sender sender, string id)
    {
        var found = await status.FindAsync(sender, id, http.RequestAborted);
        if (found is null) await Problem.WriteAsync(http.Response, [Errors.NoSuchMessage(id)]);
        else await http.Response.WriteAsJsonAsync(StatusAnswer.Of(found), FacesJson.Default.StatusAnswer);
    }
}
