using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Fhir.Model;
using Vkp.Hub.LookUps;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Faces;

/// <summary>
/// `POST /epj/r4/{orgnr}/{resource}/_search`: a vendor asks the municipality's journal system, as the national interface has it. The patient is named in the body
/// alone; the header `ServiceCodes` says which services the need comes from.
/// </summary>
public sealed class LookUpFace(AccessTokens tokens, LookUpDesk desk)
{
    public const string ServiceCodesHeader = "ServiceCodes";

    public static IReadOnlyList<string> Scopes { get; } = [.. LookUpKind.All.Select(kind => kind.Scope)];

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var kind in LookUpKind.All) routes.MapPost($"/epj/r4/{{orgnr}}/{kind.Name}/_search", (HttpContext http, string orgnr) => SearchAsync(http, orgnr, kind));
    }

    private async Task SearchAsync(HttpContext http, string orgnr, LookUpKind kind)
    {
        var (sender, refused) = await tokens.CheckAsync(http.Request, kind.Scope, orgnr, VkpFace.Vendor, http.RequestAborted);
        if (sender is null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [refused!]);
            return;
        }

        var (form, wrong) = await FormBody.ReadAsync(http.Request, http.RequestAborted);
        if (http.Request.Query.Count > 0) wrong = Errors.BadParameter("in the address", "every parameter in the body");
        var (query, invalid) = wrong is null ? LookUpQuery.Parse(kind, form, http.Request.Headers[ServiceCodesHeader].ToString()) : (null, wrong);
        var (found, error) = query is null ? (null, invalid) : await desk.AskAsync(sender, query, http.RequestAborted);
        if (found is null) await Outcome.WriteErrorsAsync(http.Response, [error!]);
        else await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, Searchset(kind, found));
    }

    private static Bundle Searchset(LookUpKind kind, IReadOnlyList<Resource> found)
    {
        var bundle = new Bundle { Type = Bundle.BundleType.Searchset, Total = found.Count(r => r.TypeName == kind.ResourceType) };
        foreach (var resource in found)
        {
            var mode = resource.TypeName == kind.ResourceType ? Bundle.SearchEntryMode.Match : Bundle.SearchEntryMode.Include;
            bundle.Entry.Add(new Bundle.EntryComponent { Resource = resource, Search = new() { Mode = mode } });
        }

        return bundle;
    }
}
