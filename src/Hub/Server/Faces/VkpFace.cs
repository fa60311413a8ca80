using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Intake;

namespace Vkp.Hub.Faces;

/// <summary>`POST /epj/r4/{orgnr}/bundle`: senders that speak the national VKP R4 interface. Lenient; every answer but a success is an OperationOutcome with the published codes, and so are repairs on success.</summary>
public sealed class VkpFace(AccessTokens tokens, EventIntake intake, MessageStatus status, IVendorAdapter adapter)
{
    /// <summary>Permanent name of the format.</summary>
    public const string Vendor = "vkp-r4";

    public const string BundleScope = "nhn:vkp/api/user/bundle.write";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/epj/r4/{orgnr}/bundle", PostAsync);
        routes.MapGet("/epj/r4/{orgnr}/bundle/{id}/$status", StatusAsync);
    }

    private async Task PostAsync(HttpContext http, string orgnr)
    {
        var (sender, refused) = await tokens.CheckAsync(http.Request, BundleScope, orgnr, Vendor, http.RequestAborted);
        if (sender is null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [refused!]);
            return;
        }

        var (body, unreadable) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [unreadable]);
            return;
        }

        var answer = (await intake.TakeAsync(sender, adapter, [body], CancellationToken.None))[0];
        if (answer is IntakeAnswer.Refused wrong)
        {
            await Outcome.WriteErrorsAsync(http.Response, wrong.Errors);
            return;
        }

        var stored = (IntakeAnswer.Stored)answer;
        http.Response.Headers.Location = $"/epj/r4/{orgnr}/bundle/{stored.MessageId}/$status";
        await Outcome.WriteAsync(http.Response, StatusCodes.Status202Accepted, stored.Issues, areErrors: false);
    }

    private async Task StatusAsync(HttpContext http, string orgnr, string id)
    {
        var (sender, refused) = await tokens.CheckAsync(http.Request, BundleScope, orgnr, Vendor, http.RequestAborted);
        if (sender is null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [refused!]);
            return;
        }

        var found = Guid.TryParse(id, out var messageId) ? await status.FindAsync(sender.Tenant, messageId, http.RequestAborted) : null;
        if (found is null) await Outcome.WriteErrorsAsync(http.Response, [Errors.NoSuchMessage(id)]);
        else await http.Response.WriteAsJsonAsync(found, FacesJson.Default.StatusAnswer);
    }
}
