using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Hub.Registry;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Faces;

/// <summary>`/admin/trace`: what happened, as JSON, as a FHIR Bundle with Provenance, as the reason in plain words, or as a report for a reader who knows health care and not software.</summary>
public sealed class TraceFace(MessageTrace trace, MunicipalityRegistry registry)
{
    private const string Forms = "json, fhir, html, story, why";

    /// <param name="admin">The administration's group, behind its door.</param>
    public void Map(IEndpointRouteBuilder admin)
    {
        admin.MapGet("/trace/{id}", OneAsync).Needs(StaffRole.Overvaking, Opening.WithPurpose);
        // The question is a body, never an address: an address is logged on its way, and the question may hold an identity number.
        admin.MapPost("/trace", AskAsync).Needs(StaffRole.Overvaking, Opening.WithPurpose);
    }

    private async Task OneAsync(HttpContext http, string id, string? purpose)
    {
        if (await AdminCall.TenantsAsync(http, null) is not { } tenants) return;
        var found = await trace.FindAsync(id, tenants, AdminCall.Of(http).Author, AdminCall.Of(http).PurposeOr(purpose), http.RequestAborted);
        if (found is null) await Problem.WriteAsync(http.Response, [Errors.NoSuchMessage(id)]);
        else await http.Response.WriteAsJsonAsync(found, AdminJson.Default.TraceAnswer);
    }

    private async Task AskAsync(HttpContext http)
    {
        var (form, language) = (Query(http, "as", "json"), Query(http, "lang", "nb"));
        if (await AdminBody.ReadAsync(http, AdminRequests.Default.TraceQuestion, "a question about messages") is not { } question) return;
        if (question.OrgNo is { } named && RegistryFileReader.TryTenant(named, out _) && await AdminCall.TenantAsync(http, named) is null) return;
        question = question with { Purpose = AdminCall.Of(http).PurposeOr(question.Purpose) };
        // Why is told without opening anything, whatever else was asked: a device's messages, which are found by opening, are not told so.
        if (form == "why") question = question with { Purpose = null };
        var error = form is not ("json" or "fhir" or "html" or "story" or "why") ? Errors.UnknownForm("as", Forms) : null;
        error ??= !ReportTexts.Languages.Contains(language) ? Errors.UnknownForm("lang", string.Join(", ", ReportTexts.Languages)) : null;
        error ??= TraceSearch.Check(question) ?? (form == "fhir" && string.IsNullOrWhiteSpace(question.Purpose) ? Errors.PurposeMissing() : null);
        if (error is not null)
        {
            await Problem.WriteAsync(http.Response, [error]);
            return;
        }

        if (await AdminCall.TenantsAsync(http, question.OrgNo) is not { } tenants) return;
        var story = await trace.FindAsync(question, tenants, AdminCall.Of(http).Author, http.RequestAborted);
        if (story.Messages.Count == 0) await Problem.WriteAsync(http.Response, [Errors.NothingFound()]);
        else if (form == "json") await http.Response.WriteAsJsonAsync(story, AdminJson.Default.TraceStory);
        else if (form == "why") await http.Response.WriteAsJsonAsync(await WhyAsync(story, new ReportTexts(language), http.RequestAborted), AdminJson.Default.IReadOnlyListWhyAnswer);
        else if (form == "fhir") await WriteAsync(http, "application/fhir+json; charset=utf-8", TraceBundle.Of(story));
        else if (form == "story") await WriteAsync(http, "text/plain; charset=utf-8", TraceReport.ToText(story, new ReportTexts(language)));
        else
        {
            http.Response.Headers.ContentSecurityPolicy = ReportPage.SecurityPolicy;
            await WriteAsync(http, "text/html; charset=utf-8", TraceReport.ToHtml(story, new ReportTexts(language)));
        }
    }

    private async Task<IReadOnlyList<WhyAnswer>> WhyAsync(TraceStory story, ReportTexts texts, CancellationToken ct)
    {
        var answers = new List<WhyAnswer>();
        foreach (var message in story.Messages)
        {
            var municipality = await registry.CurrentAsync(int.Parse(message.Municipality, CultureInfo.InvariantCulture), ct);
            answers.Add(WhyExplanation.Of(message, municipality, texts));
        }

        return answers;
    }

    private static Task WriteAsync(HttpContext http, string type, string text)
    {
        http.Response.ContentType = type;
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static string Query(HttpContext http, string name, string otherwise) => http.Request.Query[name].ToString() is { Length: > 0 } given ? given : otherwise;
}
