using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.AccessLog;
using Vkp.Hub.Registry;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/access`: who has had what of one patient's, for the patient who asks.</summary>
public sealed class AccessFace(AccessReader reader)
{
    private const string Forms = "json, csv, fhir";

    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin) =>
        // The question is a body, never an address: an address is logged on its way, and the question holds an identity number.
        admin.MapPost("/access", AskAsync).Needs(StaffRole.Administrasjon, Opening.Always);

    private async Task AskAsync(HttpContext http)
    {
        var form = http.Request.Query["as"].ToString() is { Length: > 0 } given ? given : "json";
        if (await AdminBody.ReadAsync(http, AdminRequests.Default.AccessQuestion, "a question about a patient", asked => asked is { OrgNo: not null, Patient: not null }) is not { } question) return;
        question = question with { Purpose = AdminCall.Of(http).PurposeOr(question.Purpose) };
        if (Check(question, form) is { } error)
        {
            await Problem.WriteAsync(http.Response, [error]);
            return;
        }

        if (await AdminCall.TenantAsync(http, question.OrgNo) is not { } tenant) return;
        if (await reader.ReadAsync(tenant, question, AdminCall.Of(http).Author, http.RequestAborted) is not { } list) await Problem.WriteAsync(http.Response, [Errors.NothingFound()]);
        else if (form == "json") await http.Response.WriteAsJsonAsync(list, AdminJson.Default.AccessList);
        else await WriteAsync(http, form == "csv" ? "text/csv; charset=utf-8" : "application/fhir+json; charset=utf-8", form == "csv" ? AccessForms.Csv(list) : AccessForms.Fhir(list));
    }

    private static VkpError? Check(AccessQuestion question, string form)
    {
        if (form is not ("json" or "csv" or "fhir")) return Errors.UnknownForm("as", Forms);
        return string.IsNullOrWhiteSpace(question.Purpose) ? Errors.PurposeMissing() : TraceSearch.Check(new TraceQuestion(question.OrgNo, Patient: question.Patient));
    }

    private static Task WriteAsync(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }
}
