using System.Text.Json.Nodes;
using Vkp.Fhir.Codes;

namespace Vkp.Sandbox;

/// <summary>Writes the EPJ's answers: response messages, and OperationOutcomes for what is no message.</summary>
internal static class MessageAnswer
{
    public static string Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence) => Response(
        message, answerId, now, "ok", Outcome("information", "informational", null, $"Journal entry {sequence}"));

    public static string TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now) => Response(
        message, answerId, now, "transient-error", Outcome("error", "transient", null, "The journal cannot take entries now; try again later"));

    /// <param name="code">Of `vkp-operation-outcome-v090`.</param>
    public static string FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text) => Response(
        message, answerId, now, "fatal-error", Outcome("error", "processing", code, text));

    /// <summary>For a body that is no message and so cannot be answered with one.</summary>
    public static string Unreadable(IReadOnlyList<string> faults)
    {
        var issues = new JsonArray();
        foreach (var fault in faults) issues.Add(Issue("error", "invalid", "2.4", fault));
        return new JsonObject { ["resourceType"] = "OperationOutcome", ["issue"] = issues }.ToJsonString();
    }

    private static string Response(IncomingMessage message, Guid answerId, DateTimeOffset now, string code, JsonObject outcome)
    {
        var headerId = SeededDice.Id($"{answerId:D}/header").ToString("D");
        var outcomeUrl = $"urn:uuid:{SeededDice.Id($"{answerId:D}/outcome"):D}";
        var header = new JsonObject
        {
            ["resourceType"] = "MessageHeader",
            ["id"] = headerId,
            ["destination"] = new JsonArray(new JsonObject { ["endpoint"] = message.Source }),
            ["source"] = new JsonObject { ["name"] = "Simulert EPJ", ["endpoint"] = "urn:vkp:sandbox:epj" },
            ["response"] = new JsonObject
            {
                ["identifier"] = message.MessageHeaderId,
                ["code"] = code,
                ["details"] = new JsonObject { ["reference"] = outcomeUrl },
            },
        };
        foreach (var name in (string[])["eventCoding", "eventUri"])
        {
            if (message.Header[name] is { } asked) header[name] = asked.DeepClone();
        }

        return new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["id"] = answerId.ToString("D"),
            ["type"] = "message",
            ["timestamp"] = now.UtcDateTime.ToString("O"),
            ["entry"] = new JsonArray(
                new JsonObject { ["fullUrl"] = $"urn:uuid:{headerId}", ["resource"] = header },
                new JsonObject { ["fullUrl"] = outcomeUrl, ["resource"] = outcome }),
        }.ToJsonString();
    }

    private static JsonObject Outcome(string severity, string type, string? code, string text) =>
        new() { ["resourceType"] = "OperationOutcome", ["issue"] = new JsonArray(Issue(severity, type, code, text)) };

    private static JsonObject Issue(string severity, string type, string? code, string text)
    {
        var details = new JsonObject();
        if (code is not null) details["coding"] = new JsonArray(new JsonObject { ["system"] = OperationOutcomeCodes.System, ["code"] = code });
        details["text"] = text;
        return new JsonObject { ["severity"] = severity, ["code"] = type, ["details"] = details };
    }
}
