using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Fhir.Validation;
using Vkp.Hub.Notifications;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Faces;

/// <summary>
/// `/fhir/Subscription`, for journal systems that fetch and want to be told when there is something: FHIR R4 with the Subscriptions Backport. The municipality comes
/// from the token; a client sees its own subscriptions and no other's. Whoever may fetch may subscribe to what it may fetch.
/// </summary>
public sealed class SubscriptionFace(AccessTokens tokens, SubscriptionRegister register, SubscriptionStore subscriptions, Notifier notifier)
{
    private const string Address = "/fhir/Subscription";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Address, CreateAsync);
        routes.MapGet(Address, SearchAsync).WithMetadata(new SearchParameters(("status", SearchParamType.Token), ("url", SearchParamType.Uri)));
        routes.MapGet(Address + "/{id}", ReadAsync);
        routes.MapPut(Address + "/{id}", ChangeAsync);
        routes.MapDelete(Address + "/{id}", RemoveAsync);
    }

    private async Task CreateAsync(HttpContext http)
    {
        if (await ReaderAsync(tokens, http) is not { } reader || await AskedAsync(http) is not { } asked) return;

        var (taken, errors) = await register.CreateAsync(reader.Tenant, reader.Destination!, reader.ClientId, asked, CancellationToken.None);
        if (taken is not null) http.Response.Headers.Location = $"{Address}/{taken.Id}";
        await AnswerAsync(http, StatusCodes.Status201Created, taken, errors);
    }

    private async Task ChangeAsync(HttpContext http, string id)
    {
        if (await ReaderAsync(tokens, http) is not { } reader || await AskedAsync(http) is not { } asked) return;

        var (taken, errors) = Guid.TryParse(id, out var known)
            ? await register.ChangeAsync(reader.Tenant, reader.Destination!, reader.ClientId, known, asked, CancellationToken.None)
            : (null, [Errors.NoSuchSubscription(id)]);
        await AnswerAsync(http, StatusCodes.Status200OK, taken, errors);
    }

    private async Task ReadAsync(HttpContext http, string id)
    {
        if (await ReaderAsync(tokens, http) is not { } reader) return;

        var found = Guid.TryParse(id, out var known) ? await register.FindAsync(reader.Tenant, reader.ClientId, known, http.RequestAborted) : null;
        await AnswerAsync(http, StatusCodes.Status200OK, found, [Errors.NoSuchSubscription(id)]);
    }

    private async Task RemoveAsync(HttpContext http, string id)
    {
        if (await ReaderAsync(tokens, http) is not { } reader) return;

        if (Guid.TryParse(id, out var known) && await register.RemoveAsync(reader.Tenant, reader.ClientId, known, CancellationToken.None)) http.Response.StatusCode = StatusCodes.Status204NoContent;
        else await Outcome.WriteErrorsAsync(http.Response, [Errors.NoSuchSubscription(id)]);
    }

    private async Task SearchAsync(HttpContext http)
    {
        if (await ReaderAsync(tokens, http) is not { } reader) return;

        var (parameters, wrong) = FormBody.Read(http.Request.QueryString.Value ?? "");
        if (wrong is null && parameters.Any(p => p.Name is not ("status" or "url"))) wrong = Errors.UnknownParameter("status, url");
        if (wrong is not null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [wrong]);
            return;
        }

        var found = new Bundle { Type = Bundle.BundleType.Searchset };
        foreach (var state in await subscriptions.ReadAsync(reader.Tenant, reader.ClientId, null, http.RequestAborted))
        {
            var shown = await register.ShowAsync(state, http.RequestAborted);
            var holds = parameters.All(p => p.Name == "status" ? p.Value.Split(',').Contains(EnumLiterals.Format(shown.Status), StringComparer.Ordinal) : shown.Channel?.Endpoint == p.Value);
            if (holds) found.Entry.Add(new Bundle.EntryComponent($"urn:uuid:{shown.Id}", shown) { Search = new() { Mode = Bundle.SearchEntryMode.Match } });
        }

        found.Total = found.Entry.Count;
        await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, found);
    }

    /// <summary>Null when the body was refused; then it is answered already.</summary>
    private static async Task<Subscription?> AskedAsync(HttpContext http)
    {
        var (body, unreadable) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (unreadable is null)
        {
            var parsed = FhirJson.ParseStrict(body);
            var issues = parsed.Resource is Subscription read ? parsed.Issues.Concat(FhirValidator.Validate(read)) : parsed.Issues;
            var errors = issues.Where(issue => issue.Severity >= FhirSeverity.Error).Select(issue => new VkpError(issue.Code, ErrorCategory.Incorrect, issue.Message, issue.Hint, issue.Location)).ToList();
            if (errors.Count == 0 && parsed.Resource is Subscription asked) return asked;
            await Outcome.WriteErrorsAsync(http.Response, errors.Count > 0 ? errors : [Errors.OtherResourceType("Subscription")]);
            return null;
        }

        await Outcome.WriteErrorsAsync(http.Response, [unreadable]);
        return null;
    }

    private async Task AnswerAsync(HttpContext http, int status, Subscription? subscription, IReadOnlyList<VkpError> errors)
    {
        if (subscription is null)
        {
            await Outcome.WriteErrorsAsync(http.Response, errors);
            return;
        }

        await FhirAnswer.WriteAsync(http.Response, status, subscription);
        notifier.Signal();
    }

    /// <summary>The client of a journal system that fetches; null when the request was refused, and then it is answered already.</summary>
    internal static async Task<Reader?> ReaderAsync(AccessTokens tokens, HttpContext http)
    {
        var (reader, refused) = await tokens.CheckReaderAsync(http.Request, JftFace.Scope, http.RequestAborted);
        if (reader?.Destination is { IsPulled: true }) return reader;

        await Outcome.WriteErrorsAsync(http.Response, [refused ?? Errors.UnknownClient(reader!.ClientId)]);
        return null;
    }
}
