using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Adapters;
using Vkp.Fhir.Model;
using Vkp.Hub.Intake;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Faces;

/// <summary>
/// `/fhir`: measurements as FHIR Observations, in by the batch with an outcome for each, out by a search for one patient at a time. The patient is named in the body
/// of a search and never in an address, because addresses end up in logs.
/// </summary>
public sealed class MeasurementFace(AccessTokens tokens, EventIntake intake, ObservationSearch search, IVendorAdapter adapter)
{
    /// <summary>Permanent name of the format.</summary>
    public const string Vendor = "fhir-observation";

    public const string WriteScope = "vkp:measurements/observation.write";

    public const string ReadScope = "vkp:measurements/observation.read";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/fhir", PostAsync);
        routes.MapPost("/fhir/Observation/_search", SearchAsync).WithMetadata(new SearchParameters(
            ("patient.identifier", SearchParamType.Token), ("date", SearchParamType.Date), ("code", SearchParamType.Token), ("_count", SearchParamType.Number)));
    }

    private async Task PostAsync(HttpContext http)
    {
        var (sender, refused) = await tokens.CheckAsync(http.Request, WriteScope, urlOrgNo: null, Vendor, http.RequestAborted);
        if (sender is null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [refused!]);
            return;
        }

        var (body, wrong) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        IReadOnlyList<MeasurementEntry> entries = [];
        if (wrong is null) (entries, wrong) = MeasurementBatch.Read(body);
        if (wrong is not null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [wrong]);
            return;
        }

        // A sender that hangs up has still sent: the append is not cancelled with the request.
        var readable = entries.Where(entry => entry.Error is null).ToList();
        var answers = new Queue<IntakeAnswer>(await intake.TakeAsync(sender, adapter, [.. readable.Select(entry => entry.Resource)], CancellationToken.None));
        var response = new Bundle { Type = Bundle.BundleType.BatchResponse };
        foreach (var entry in entries)
        {
            var answer = entry.Error is { } error ? new IntakeAnswer.Refused([error]) : answers.Dequeue();
            if (answer is IntakeAnswer.Refused not) RefusalWatch.NoteRefusal(http, not.Errors);
            response.Entry.Add(Entry(entry.FullUrl, answer));
        }

        await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, response);
    }

    /// <summary>201 when it is stored and searchable, 202 when it is kept and waits for something, else why not.</summary>
    private static Bundle.EntryComponent Entry(string? fullUrl, IntakeAnswer answer) => answer switch
    {
        IntakeAnswer.Stored stored => Entry(fullUrl, stored.IsHeld ? "202" : "201", Outcome.Of(stored.Issues, areErrors: false)),
        IntakeAnswer.Refused refused => Entry(fullUrl, $"{ErrorStatus.Of(refused.Errors[0])}", Outcome.Of(refused.Errors, areErrors: true)),
        _ => throw new InvalidOperationException($"Intake answered {answer.GetType().Name}."),
    };

    private static Bundle.EntryComponent Entry(string? fullUrl, string status, OperationOutcome outcome) => new()
    {
        FullUrl = fullUrl,
        Response = new() { Status = status, Outcome = outcome },
    };

    private async Task SearchAsync(HttpContext http)
    {
        var (reader, refused) = await tokens.CheckReaderAsync(http.Request, ReadScope, http.RequestAborted);
        if (reader is null)
        {
            await Outcome.WriteErrorsAsync(http.Response, [refused!]);
            return;
        }

        var (form, unreadable) = await FormBody.ReadAsync(http.Request, http.RequestAborted);
        // Of the address only the place in the result is taken: a patient named there is refused, so that nobody gets used to it.
        if (http.Request.Query.Keys.Any(name => name != "cursor")) unreadable = Errors.BadParameter("in the address", "every parameter in the body");
        var (query, invalid) = unreadable is null ? ObservationQuery.Parse([.. form, .. http.Request.Query["cursor"].Select(cursor => ("cursor", cursor ?? ""))]) : (null, unreadable);
        if (query is null) await Outcome.WriteErrorsAsync(http.Response, [invalid!]);
        else await FhirAnswer.WriteAsync(http.Response, StatusCodes.Status200OK, await search.FindAsync(reader, query, http.RequestAborted));
    }
}
