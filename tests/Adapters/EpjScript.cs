using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vkp.Adapters.Tests;

/// <summary>How an EPJ of one kind answers when all is well, and what it looks like when it answers for another message or says no.</summary>
/// <param name="Proper">The answer to a request, as an EPJ that has done what was asked gives it.</param>
/// <param name="Refusal">A refusal's body with a patient's number in its texts and this reason in its codes.</param>
public sealed record EpjScript(Func<EpjRequest, string> Proper, string Refusal, string RefusalCode)
{
    /// <summary>The same answer naming another message; null for an EPJ whose answers name none.</summary>
    public Func<EpjRequest, string>? ToAnother { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The EPJ's own interface puts the patient's number in the address.</summary>
    public bool AddressNamesPatient { get; init; }

    public static EpjScript Of(string adapter) => adapter switch
    {
        "fhir-messaging" => new(_ => Deliveries.Answer("ok"), FhirRefusal, "processing/1.3") { ToAnother = _ => Deliveries.Answer("ok", Guid.Empty) },
        "fhir-document" => new(request => Document(request, Deliveries.MessageId), FhirRefusal, "processing/1.3") { ToAnother = request => Document(request, Guid.Empty) },
        "fhir-transaction" => new(Transaction, FhirRefusal, "processing/1.3"),
        "helseplattformen-style" => new(Transaction, FhirRefusal, "processing/1.3"),
        "gerica-style" => new(request => request.Method == "GET" ? """[{"CareserviceId":1,"PlannedAction":"15"}]""" : """{"JournalId":4711}""", JsonRefusal, "UNKNOWN_PATIENT")
        {
            Settings = new Dictionary<string, string> { ["domain"] = "eksempel", ["key"] = "k-e-y", ["journalType"] = "101", ["employeeId"] = "900" },
            AddressNamesPatient = true,
        },
        "profil-style" => new(_ => Note(Deliveries.MessageId), JsonRefusal, "UNKNOWN_PATIENT")
        {
            ToAnother = _ => Note(Guid.Empty),
            Settings = new Dictionary<string, string> { ["unit"] = "hjemmetjenesten" },
        },
        "cosdoc-style" => new(request => request.Method == "POST" ? """{"patients":[{"localNumber":"1302"}]}""" : Kept(Deliveries.MessageId), JsonRefusal, "UNKNOWN_PATIENT")
        {
            ToAnother = _ => Kept(Guid.Empty),
        },
        _ => throw new InvalidOperationException($"No script says how an EPJ for '{adapter}' answers."),
    };

    private static string FhirRefusal =>
        $$$"""{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing","details":{"text":"Ukjent pasient {{{Deliveries.PatientNumber}}}","coding":[{"code":"{{{Deliveries.PatientNumber}}}"},{"code":"1.3"}]},"diagnostics":"{{{Deliveries.PatientNumber}}}"}]}""";

    private static string JsonRefusal => $$"""{"code":"UNKNOWN_PATIENT","message":"Ukjent pasient {{Deliveries.PatientNumber}}"}""";

    private static string Note(Guid id) => $$"""{"noteId":"8812","externalId":"{{id}}"}""";

    private static string Kept(Guid id) => $$"""{"id":"{{id}}","sequence":17}""";

    private static string Document(EpjRequest request, Guid id) =>
        request.Method == "PUT" ? string.Empty : $$$"""{"resourceType":"Bundle","id":"{{{id}}}","meta":{"versionId":"1"},"type":"document"}""";

    private static string Transaction(EpjRequest request)
    {
        var entries = JsonNode.Parse(request.Body.Span)!["entry"]!.AsArray();
        var answers = entries.Select((entry, index) => new JsonObject
        {
            ["response"] = new JsonObject { ["status"] = "201 Created", ["location"] = $"{entry!["resource"]!["resourceType"]}/{4711 + index}/_history/1" },
        });
        return new JsonObject { ["resourceType"] = "Bundle", ["type"] = "transaction-response", ["entry"] = new JsonArray([.. answers]) }.ToJsonString();
    }
}
