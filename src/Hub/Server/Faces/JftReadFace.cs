using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Hub.Acknowledgement;
using Vkp.Hub.Delivery;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Faces;

/// <summary>
/// `/v1/...`, for journal systems that fetch their documents (JFT's read side): a search that goes on by cursor, and the journal's answer. Reading is a fact that the
/// sender sees. Beyond the national interface: a rejection with a coded reason.
/// </summary>
public sealed class JftReadFace(AccessTokens tokens, OfferReader offers, DocumentComposer composer, Acknowledgements acknowledgements)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var type in JftFace.Types)
        {
            routes.MapGet($"/v1/{type}", (HttpContext http) => SearchAsync(http, type, FormBody.Read(http.Request.QueryString.Value ?? "")));
            routes.MapPost($"/v1/{type}/_search", async (HttpContext http) => await SearchAsync(http, type, await FormBody.ReadAsync(http.Request, http.RequestAborted)));
            // Under both: JFT's address, and the FHIR base that a subscription's notifications are relative to.
            routes.MapGet($"/v1/{type}/{{id}}", (HttpContext http, string id) => ReadAsync(http, type, id));
            routes.MapGet($"/fhir/{type}/{{id}}", (HttpContext http, string id) => ReadAsync(http, type, id));
            routes.MapPost($"/v1/{type}/{{id}}/$journaling-acknowledged", (HttpContext http, string id) => AnswerAsync(http, type, id, _ => Task.FromResult(((VkpError?)null, (VkpError?)null))));
            routes.MapPost($"/v1/{type}/{{id}}/$journaling-rejected", (HttpContext http, string id) => AnswerAsync(http, type, id, RejectionAsync));
        }
    }

    /// <summary>One document, for a journal system that was told of it.</summary>
    private async Task ReadAsync(HttpContext http, string type, string id)
    {
        if (await ReaderAsync(http) is not { Destination: { } destination } reader) return;

        var ct = http.RequestAborted;
        if (destination.Paused)
        {
            await Outcome.WriteErrorsAsync(http.Response, [Errors.DestinationPaused(destination.Name)]);
            return;
        }

        if (!Guid.TryParse(id, out var messageId) || await offers.FindAsync(reader.Tenant, destination.Name, type, messageId, ct) is not { } offer)
        {
            await Outcome.WriteErrorsAsync(http.Response, [Errors.NoSuchMessage(id)]);
            return;
        }

        var document = await composer.ComposeAsync(offer.Delivery, ct);
        await offers.MarkReadAsync(reader.Tenant, destination.Name, [document], ct);
        await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, FetchedResource.Of(type, document, offer.OfferedAt, FetchedResource.TagsOf(reader.Municipality, offer)));
    }

    private async Task SearchAsync(HttpContext http, string type, (IReadOnlyList<(string Name, string Value)> Parameters, VkpError? Error) asked)
    {
        if (await ReaderAsync(http) is not { Destination: { } destination } reader) return;

        var (search, invalid) = asked.Error is null ? JftSearch.Parse(asked.Parameters) : (null, asked.Error);
        if (search is not null && destination.Paused) (search, invalid) = (null, Errors.DestinationPaused(destination.Name));
        if (search is null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [invalid!]);
            return;
        }

        await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, await FetchAsync(reader, destination.Name, type, search, http.RequestAborted));
    }

    private async Task<Bundle> FetchAsync(Reader reader, string destination, string type, JftSearch search, CancellationToken ct)
    {
        var (documents, bundle, cursor, isLast, gone) = (new List<ComposedDocument>(), new Bundle { Type = Bundle.BundleType.Searchset }, search.Cursor, false, 0);
        while (bundle.Entry.Count < search.Count && !isLast)
        {
            var query = new OfferQuery(type, search.NotBefore, search.Before, search.LatestFirst, cursor, search.Count);
            var page = await offers.ReadAsync(reader.Tenant, destination, query, ct);
            // The last page is over only when every row of it has been looked at.
            isLast = page.Count < search.Count;
            foreach (var offer in page)
            {
                if (bundle.Entry.Count == search.Count)
                {
                    isLast = false;
                    break;
                }

                cursor = offer.OfferedAt;
                var tags = FetchedResource.TagsOf(reader.Municipality, offer);
                if (!search.Matches(tags)) continue;

                if (await composer.TryComposeAsync(offer.Delivery, ct) is not { } document)
                {
                    gone++;
                    continue;
                }

                documents.Add(document);
                var resource = FetchedResource.Of(type, document, offer.OfferedAt, tags);
                bundle.Entry.Add(new Bundle.EntryComponent($"urn:uuid:{resource.Id}", resource) { Search = new() { Mode = Bundle.SearchEntryMode.Match } });
            }
        }

        if (gone > 0) bundle.Entry.Add(Outcome.OfDeleted(gone));
        await offers.MarkReadAsync(reader.Tenant, destination, documents, ct);
        if (!isLast) bundle.Link.Add(new() { Relation = "next", Url = $"/v1/{type}{QueryString.Create(search.Own.Append(("cursor", JftSearch.CursorOf(cursor!.Value))).Select(p => KeyValuePair.Create(p.Item1, (string?)p.Item2)))}" });
        return bundle;
    }

    private async Task AnswerAsync(HttpContext http, string type, string id, Func<HttpContext, Task<(VkpError? Rejection, VkpError? Invalid)>> read)
    {
        if (await ReaderAsync(http) is not { Destination: { } destination } reader) return;

        var (rejection, wrong) = await read(http);
        if (wrong is null)
        {
            wrong = Guid.TryParse(id, out var messageId)
                ? await acknowledgements.AnswerAsync(reader.Tenant, destination.Name, messageId, rejection, CancellationToken.None)
                : Errors.NoSuchMessage(id);
        }

        if (wrong is not null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [wrong]);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status202Accepted;
        http.Response.Headers.Location = $"/v1/{type}/{id}/$status";
    }

    private static async Task<(VkpError? Rejection, VkpError? Invalid)> RejectionAsync(HttpContext http)
    {
        var (body, unreadable) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is not null) return (null, unreadable);

        var parameters = FhirJson.ParseStrict(body).Resource as Parameters;
        var reason = parameters?.Parameter.FirstOrDefault(p => p.Name == "reason")?.Value is Code code ? code.Text : null;
        return Rejections.Find(reason) is { } rejection ? (rejection, null) : (null, Errors.UnknownRejection(Rejections.Reasons));
    }

    /// <summary>Null when the request was refused; then it is answered already.</summary>
    private async Task<Reader?> ReaderAsync(HttpContext http)
    {
        var (reader, refused) = await tokens.CheckReaderAsync(http.Request, JftFace.Scope, http.RequestAborted);
        if (reader?.Destination is { Fetches: true }) return reader;

        await Outcome.WriteErrorsAsync(http.Response, [refused ?? Errors.UnknownClient(reader!.ClientId)]);
        return null;
    }
}
