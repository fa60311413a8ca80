using System.Text;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Adapters.Tests;

/// <summary>A message to deliver and answers to give it.</summary>
public static class Deliveries
{
    /// <summary>Synthetic: 65 is added to the month.</summary>
    public const string PatientNumber = "13717404089";

    public static readonly Guid MessageId = new("0b7f2f6e-3f3a-5c55-9d1e-0a6f0d7c2b11");

    private static readonly Guid BundleId = new("7c1d9a52-88d1-5e0c-8a55-6f3b1e2d4c90");

    public static OutboundMessage Message() => new(
        MessageId, BundleId, "888134574", "evondos-style", "dose.notTaken",
        OccurredAt: new DateTimeOffset(2026, 5, 11, 9, 30, 0, TimeSpan.FromHours(2)),
        RecordedAt: new DateTimeOffset(2026, 5, 11, 7, 30, 5, TimeSpan.Zero),
        Lane.Clinical, IsLate: false, [Issue()]);

    /// <summary>Everything that must not be taken for an EPJ that has journaled our message.</summary>
    public static IEnumerable<EpjAnswer> ImproperAnswers =>
    [
        Response(200, ""), Response(204, ""), Response(202, "{}"), Response(200, "OK"), Response(200, "<html>gateway</html>"), Response(200, "null"), Response(200, "[]"),
        Response(200, """{"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"informational"}]}"""),
        Response(200, """{"resourceType":"Bundle","type":"message"}"""),
        Response(200, """{"resourceType":"Bundle","type":"message","entry":[{"resource":{"resourceType":"MessageHeader"}}]}"""),
        Response(200, """{"resourceType":"Bundle","type":"message","entry":[{}]}"""),
        Response(200, Answer("maybe")), Response(200, Answer("ok", Guid.Empty)), Response(200, Answer("ok")[..^40]), Response(500, Answer("ok")), Response(404, Answer("ok")),
        Response(200, Answer("ok").Replace("\"message\"", "\"document\"", StringComparison.Ordinal)),
        new EpjAnswer.Response(200, "application/fhir+json", new byte[] { 0xFF, 0xFE, 0x00 }, null),
        new EpjAnswer.Response(200, null, Encoding.UTF8.GetBytes(new string('[', 50_000)), null),
    ];

    /// <summary>A response message as an EPJ gives it.</summary>
    public static string Answer(string code, Guid? toMessage = null, string outcome = "") => $$"""
        {"resourceType":"Bundle","type":"message","entry":[{"fullUrl":"urn:uuid:5d8f0c7a-0000-4000-8000-000000000001","resource":{"resourceType":"MessageHeader","id":"5d8f0c7a-0000-4000-8000-000000000001",
        "eventCoding":{"system":"urn:test","code":"x"},"source":{"endpoint":"urn:test"},"response":{"identifier":"{{toMessage ?? MessageId}}","code":"{{code}}"} } }{{outcome}}]}
        """;

    public static EpjAnswer.Response Response(int status, string body, TimeSpan? retryAfter = null) => new(status, "application/fhir+json", Encoding.UTF8.GetBytes(body), retryAfter);

    /// <summary>The message as the adapter is given it, with what its destination is told.</summary>
    public static OutboundMessage For(string adapter, OutboundMessage? message = null) => (message ?? Message()) with { Settings = EpjScript.Of(adapter).Settings };

    /// <summary>Delivers to an EPJ that answers look-ups well, and the request that may change its journal, with all after it, like this.</summary>
    public static async Task<DeliveryOutcome> Deliver(string adapter, EpjAnswer answer) => (await Deliver(adapter, _ => answer)).Outcome;

    public static async Task<(DeliveryOutcome Outcome, IReadOnlyList<EpjRequest> Sent)> Deliver(string adapter, Func<EpjRequest, EpjAnswer> answer, OutboundMessage? message = null)
    {
        var sent = new List<EpjRequest>();
        var outcome = await EpjCatalog.Find(adapter)!.DeliverAsync(
            For(adapter, message),
            (request, _) =>
            {
                sent.Add(request);
                return Task.FromResult(sent.Exists(earlier => earlier.ChangesJournal) ? answer(request) : Response(200, EpjScript.Of(adapter).Proper(request)));
            },
            CancellationToken.None);
        return (outcome, sent);
    }

    /// <summary>Delivers to an EPJ that does everything right.</summary>
    public static Task<(DeliveryOutcome Outcome, IReadOnlyList<EpjRequest> Sent)> DeliverWell(string adapter, OutboundMessage? message = null) =>
        Deliver(adapter, request => Response(200, EpjScript.Of(adapter).Proper(request)), message);

    private static DetectedIssue Issue() => new()
    {
        Id = "44e959f3-627a-5a83-acb5-6d3ffc0be0c4",
        Status = ObservationStatus.Final,
        Code = AlertCodes.NotDispensed,
        Patient = new ResourceReference(new Identifier(IdentifierSystems.Fodselsnummer, PatientNumber)),
    };
}
