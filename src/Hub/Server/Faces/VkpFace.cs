using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Intake;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Faces;

/// <summary>
/// `/epj/r4/{orgnr}/...`: senders that speak the national VKP R4 interface. Lenient; every answer is an OperationOutcome, with the published codes when it is no,
/// and with what was put right when it is yes. What was put right can be fetched again, for one message and for all.
/// </summary>
public sealed class VkpFace(AccessTokens tokens, EventIntake intake, MessageStatus status, RepairReport repairs, IVendorAdapter adapter)
{
    /// <summary>Permanent name of the format.</summary>
    public const string Vendor = "vkp-r4";

    public const string BundleScope = ScopeStem + "bundle.write";

    private const string ScopeStem = "nhn:vkp/api/user/";

    /// <summary>What can be sent alone or together, by its name in addresses and scopes.</summary>
    private static readonly (string Name, string ResourceType)[] Resources =
    [
        ("bundle", "Bundle"), ("composition", "Composition"), ("medicationdispense", "MedicationDispense"), ("encounter", "Encounter"), ("communication", "Communication"),
    ];

    public static IReadOnlyList<string> Scopes { get; } = [.. Resources.Select(r => ScopeOf(r.Name))];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (name, type) in Resources)
        {
            var path = $"/epj/r4/{{orgnr}}/{name}";
            routes.MapPost(path, (HttpContext http, string orgnr) => PostAsync(http, orgnr, name, type));
            routes.MapGet($"{path}/{{id}}/$status", (HttpContext http, string orgnr, string id) => StatusAsync(http, orgnr, name, id));
            routes.MapGet($"{path}/{{id}}/$repairs", (HttpContext http, string orgnr, string id) => RepairsAsync(http, orgnr, name, id));
            routes.MapGet($"{path}/$repairs", (HttpContext http, string orgnr, string? cursor) => AllRepairsAsync(http, orgnr, name, cursor));
        }
    }

    private static string ScopeOf(string name) => $"{ScopeStem}{name}.write";

    private async Task PostAsync(HttpContext http, string orgnr, string name, string type)
    {
        if (await SenderAsync(http, orgnr, name) is not { } sender) return;

        var (body, unreadable) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is null && ResourceTypeOf.Find(body.Span) is { } sent && sent != type) unreadable = Errors.OtherResourceType(type);
        if (unreadable is not null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [unreadable]);
            return;
        }

        // A sender that hangs up has still sent: the append is not cancelled with the request.
        var answer = (await intake.TakeAsync(sender, adapter, [body], CancellationToken.None))[0];
        await Outcome.WriteAsync(http.Response, answer, stored => $"/epj/r4/{orgnr}/{name}/{stored.MessageId}/$status");
    }

    private async Task StatusAsync(HttpContext http, string orgnr, string name, string id)
    {
        if (await FindAsync(http, orgnr, name, id) is { } row) await http.Response.WriteAsJsonAsync(StatusAnswer.Of(row), FacesJson.Default.StatusAnswer);
    }

    private async Task RepairsAsync(HttpContext http, string orgnr, string name, string id)
    {
        if (await FindAsync(http, orgnr, name, id) is { } row) await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, await repairs.OfMessageAsync(row, http.RequestAborted));
    }

    private async Task AllRepairsAsync(HttpContext http, string orgnr, string name, string? cursor)
    {
        if (await SenderAsync(http, orgnr, name) is not { } sender) return;
        if (!RepairReport.TryCursor(cursor, out var after))
        {
            await Outcome.WriteErrorsAsync(http.Response, [Errors.BadParameter("cursor", "the cursor of a link that the hub gave")]);
            return;
        }

        var page = await repairs.OfSenderAsync(sender, after, next => $"/epj/r4/{orgnr}/{name}/$repairs?cursor={next}", http.RequestAborted);
        await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, page);
    }

    /// <summary>Null when the request was refused; then it is answered already.</summary>
    private async Task<Sender?> SenderAsync(HttpContext http, string orgnr, string name)
    {
        var (sender, refused) = await tokens.CheckAsync(http.Request, ScopeOf(name), orgnr, Vendor, http.RequestAborted);
        if (sender is null) await Outcome.WriteErrorsAsync(http.Response, [refused!]);
        return sender;
    }

    private async Task<MessageRow?> FindAsync(HttpContext http, string orgnr, string name, string id)
    {
        if (await SenderAsync(http, orgnr, name) is not { } sender) return null;

        var row = await status.FindAsync(sender, id, http.RequestAborted);
        if (row is null) await Outcome.WriteErrorsAsync(http.Response, [Errors.NoSuchMessage(id)]);
        return row;
    }
}
