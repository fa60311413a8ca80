using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Fhir.Codes;

namespace Vkp.Sandbox;

/// <summary>
/// A FHIR server that takes transactions (`POST fhir/`) and documents (`PUT fhir/Bundle/{id}`). What it has under an id, or under an identifier that
/// `ifNoneExist` asks for, it does not make again.
/// </summary>
internal sealed class FhirRestDialect : IEpjDialect
{
    public string Base => "fhir/";

    public string ContentType => "application/fhir+json; charset=utf-8";

    public bool Deduplicates => true;

    public void Map(IEndpointRouteBuilder routes, Desk desk)
    {
        routes.MapPost("/fhir", (RequestDelegate)(context => desk.TakeAsync(context, ReadTransaction)));
        routes.MapPut("/fhir/Bundle/{id}", (RequestDelegate)(context => desk.TakeAsync(context, ReadDocument)));
        routes.MapGet("/fhir/Bundle/{id}", (RequestDelegate)(context => desk.LookUpAsync(context, _ => Summary(context.Request.RouteValues["id"] as string, desk))));
        FhirSearches.Map(routes, desk);
    }

    public Answered Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence)
    {
        if (message.Header.Text("type") == "document") return new Answered(201, string.Empty);
        var made = message.Header.Objects("entry").Select((entry, index) => (JsonNode)new JsonObject
        {
            ["response"] = new JsonObject
            {
                ["status"] = "201 Created",
                ["location"] = $"{(entry["resource"] as JsonObject)?.Text("resourceType")}/{sequence}-{index}/_history/1",
            },
        });
        return new Answered(200, new JsonObject { ["resourceType"] = "Bundle", ["type"] = "transaction-response", ["entry"] = new JsonArray([.. made]) }.ToJsonString());
    }

    public Answered TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now) => new(503, Outcome("transient", null, "Prøv igjen senere"));

    public Answered FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text) => new(422, Outcome("processing", code, text));

    public Answered Unreadable(IReadOnlyList<string> faults) => new(400, MessageAnswer.Unreadable(faults));

    private static string Outcome(string type, string? code, string text)
    {
        var details = new JsonObject { ["text"] = text };
        if (code is not null) details["coding"] = new JsonArray(new JsonObject { ["system"] = OperationOutcomeCodes.System, ["code"] = code });
        return new JsonObject
        {
            ["resourceType"] = "OperationOutcome",
            ["issue"] = new JsonArray(new JsonObject { ["severity"] = "error", ["code"] = type, ["details"] = details }),
        }.ToJsonString();
    }

    private static IncomingMessage? ReadTransaction(ReadOnlyMemory<byte> body, out IReadOnlyList<string> faults)
    {
        if (JsonReading.Object(body) is not { } bundle || bundle.Text("type") != "transaction")
        {
            faults = ["the body is not a Bundle of type transaction"];
            return null;
        }

        var entries = bundle.Objects("entry").ToArray();
        faults = [.. entries.SelectMany(EntryFaults)];
        if (entries.Length == 0) faults = ["the transaction has no entry"];
        return faults is [] ? IncomingMessage.Of(KeyOf(entries[0]), bundle.Text("id") ?? KeyOf(entries[0]), "transaction", entries.Select(Resource), bundle) : null;
    }

    private static IncomingMessage? ReadDocument(ReadOnlyMemory<byte> body, out IReadOnlyList<string> faults)
    {
        if (JsonReading.Object(body) is not { } bundle || bundle.Text("type") != "document" || bundle.Text("id") is not { } id)
        {
            faults = ["the body is not a Bundle of type document with an id"];
            return null;
        }

        var resources = bundle.Objects("entry").Select(Resource).ToArray();
        faults = resources.FirstOrDefault()?.Text("resourceType") == "Composition" ? [] : ["a document begins with a Composition"];
        return faults is [] ? IncomingMessage.Of(id, id, "document", resources, bundle) : null;
    }

    private static IEnumerable<string> EntryFaults(JsonObject entry, int index)
    {
        if (entry["resource"] is not JsonObject) yield return $"Bundle.entry[{index}].resource is missing";
        if (entry["request"] is not JsonObject request || request.Text("method") is null || request.Text("url") is null) yield return $"Bundle.entry[{index}].request is missing";
    }

    /// <summary>What the server knows the entry by: the identifier it is asked to look for, or the address it is put under.</summary>
    private static string KeyOf(JsonObject entry) => entry["request"] is JsonObject request ? request.Text("ifNoneExist") ?? request.Text("url")! : "";

    private static JsonObject Resource(JsonObject entry) => entry["resource"] as JsonObject ?? [];

    private static Answered Summary(string? id, Desk desk) => desk.Entries.Any(entry => entry.MessageHeaderId == id)
        ? new Answered(200, new JsonObject { ["resourceType"] = "Bundle", ["id"] = id, ["meta"] = new JsonObject { ["versionId"] = "1" }, ["type"] = "document" }.ToJsonString())
        : new Answered(404, Outcome("not-found", null, "Finnes ikke"));
}
