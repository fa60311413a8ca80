using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Privacy;

namespace Vkp.Hub.Faces;

/// <summary>
/// The last word on what nobody expected: a coded answer in the face's own form, never a stack trace, never a success.
/// What was thrown is logged without the request's content.
/// </summary>
public sealed class FaultBoundary(RequestDelegate next, ILogger<FaultBoundary> log)
{
    private static readonly string[] FhirFaces = ["/epj", "/v1", "/fhir"];

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller went away; nobody is left to answer.
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            var error = Name(fault, http);
            if (SpeaksFhir(http.Request.Path)) await Outcome.WriteErrorsAsync(http.Response, [error]);
            else await Problem.WriteAsync(http.Response, [error]);
        }
    }

    private static bool SpeaksFhir(PathString path) => FhirFaces.Any(face => path.StartsWithSegments(face, StringComparison.Ordinal));

    private VkpError Name(Exception fault, HttpContext http)
    {
        switch (fault)
        {
            case StoreException store:
                log.LogWarning("The store did not take a request: {Reason}", store.Message);
                return Errors.OfStore(store);
            case VaultException { Error: { Category: ErrorCategory.NotFound } gone }:
                return gone;
            case NpgsqlException or TimeoutException:
                log.LogWarning("The database does not answer: {Reason}", fault.Message);
                return Errors.DatabaseAway();
            case BadHttpRequestException bad:
                return bad.StatusCode == StatusCodes.Status413PayloadTooLarge ? Errors.BodyTooLarge(Limits.BodyBytesMax) : Errors.BadRequest();
            default:
                log.LogError(fault, "VKP-999 A request failed; it is known as {TraceId}.", http.TraceIdentifier);
                return Errors.Fault(http.TraceIdentifier);
        }
    }
}
