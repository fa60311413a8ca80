using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Intake;
using Vkp.Hub.Projections;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Faces;

/// <summary>
/// `/v1/...`, for senders that speak JFT, the successor of VKP R4: strict, the municipality from the token alone, 202 with the address of the message's status.
/// Beyond the national interface: a reason when it failed, the whole timeline, and corrections.
/// </summary>
public sealed partial class JftFace(AccessTokens tokens, EventIntake intake, MessageStatus status, MessageHistory history, Corrections corrections, IVendorAdapter adapter)
{
    /// <summary>Permanent name of the format.</summary>
    public const string Vendor = "jft";

    public const string Scope = "nhn:jft/api";

    /// <summary>The header that names the sending system, beside the client that the token names.</summary>
    public const string SourceSystemHeader = "nhn-source-system";

    internal static readonly string[] Types = ["Bundle", "Composition", "MedicationDispense"];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var type in Types)
        {
            routes.MapPost($"/v1/{type}", (HttpContext http) => PostAsync(http, type));
            routes.MapGet($"/v1/{type}/{{id}}/$status", StatusAsync);
            routes.MapGet($"/v1/{type}/{{id}}/$timeline", TimelineAsync);
            routes.MapPost($"/v1/{type}/{{id}}/$correct", (HttpContext http, string id) => CorrectAsync(http, type, id));
        }
    }

    private static string Location(string type, Guid messageId) => $"/v1/{type}/{messageId}/$status";

    private async Task PostAsync(HttpContext http, string type)
    {
        if (await SenderAsync(http) is not { } sender) return;

        if (await TakeAsync(http, sender, type) is { } answer) await Outcome.WriteAsync(http.Response, answer, stored => Location(type, stored.MessageId));
    }

    private async Task CorrectAsync(HttpContext http, string type, string id)
    {
        if (await SenderAsync(http) is not { } sender || await FindAsync(http, sender, id) is not { } earlier) return;
        if (await TakeAsync(http, sender with { Corrects = earlier.MessageId }, type) is not { } answer) return;

        if (answer is IntakeAnswer.Stored stored)
        {
            if (stored.MessageId == earlier.MessageId) answer = new IntakeAnswer.Refused([Errors.CorrectsItself(earlier.MessageId)]);
            else await corrections.RecordAsync(earlier, stored.MessageId, CancellationToken.None);
        }

        await Outcome.WriteAsync(http.Response, answer, correction => Location(type, correction.MessageId));
    }

    private async Task StatusAsync(HttpContext http, string id)
    {
        if (await ReadAsync(http, id) is { } row) await http.Response.WriteAsJsonAsync(JftStatus.Of(row), FacesJson.Default.JftStatus);
    }

    private async Task TimelineAsync(HttpContext http, string id)
    {
        if (await ReadAsync(http, id) is not { } row) return;

        var steps = (await history.ReadAsync(row, http.RequestAborted)).Select(JftStep.Of).OfType<JftStep>().ToList();
        await http.Response.WriteAsJsonAsync(new JftTimeline(row.MessageId, row.State, steps), FacesJson.Default.JftTimeline);
    }

    /// <summary>Null when the body was refused before it was read as a message; then it is answered already.</summary>
    private async Task<IntakeAnswer?> TakeAsync(HttpContext http, Sender sender, string type)
    {
        var (body, unreadable) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is null && ResourceTypeOf.Find(body.Span) is { } sent && sent != type) unreadable = Errors.OtherResourceType(type);
        var system = http.Request.Headers[SourceSystemHeader].ToString();
        if (unreadable is null && system.Length > 0 && !SystemName().IsMatch(system)) unreadable = Errors.BadParameter(SourceSystemHeader, "a name of at most 100 letters, digits and marks");
        if (unreadable is not null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [unreadable]);
            return null;
        }

        // A sender that hangs up has still sent: the append is not cancelled with the request.
        return (await intake.TakeAsync(sender with { SourceSystem = system.Length > 0 ? system : null }, adapter, [body], CancellationToken.None))[0];
    }

    private async Task<Sender?> SenderAsync(HttpContext http)
    {
        var (sender, refused) = await tokens.CheckAsync(http.Request, Scope, urlOrgNo: null, Vendor, http.RequestAborted);
        if (sender is null) await Outcome.WriteErrorsAsync(http.Response, [refused!]);
        return sender;
    }

    /// <summary>The sender follows its message, and so may the journal system that answers for it. Null when it is answered already.</summary>
    private async Task<MessageRow?> ReadAsync(HttpContext http, string id)
    {
        var (reader, refused) = await tokens.CheckReaderAsync(http.Request, Scope, http.RequestAborted);
        var row = reader is null ? null : await status.FindAsync(reader, id, http.RequestAborted);
        if (row is null) await Outcome.WriteErrorsAsync(http.Response, [refused ?? Errors.NoSuchMessage(id)]);
        return row;
    }

    private async Task<MessageRow?> FindAsync(HttpContext http, Sender sender, string id)
    {
        var row = await status.FindAsync(sender, id, http.RequestAborted);
        if (row is null) await Outcome.WriteErrorsAsync(http.Response, [Errors.NoSuchMessage(id)]);
        return row;
    }

    /// <summary>It stands in plain metadata, so it may not hold eleven digits in a row: they can be a person.</summary>
    [GeneratedRegex(@"^(?!.*\d{11})[\p{L}\p{N}][\p{L}\p{N} ._/:()+\-]{0,99}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SystemName();
}
