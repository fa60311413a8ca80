using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>
/// What a journal system that fetches says to the hub: the operation to call on the document, and its body. A reason is a code of the hub's own list; other codes
/// go out as they are, so that a rule can try what the hub does not know.
/// </summary>
internal sealed class JournalingAnswers : IEpjAnswers
{
    public const string Acknowledged = "$journaling-acknowledged";
    public const string Rejected = "$journaling-rejected";

    private const int Taken = 200;
    private const int Refused = 422;
    private const int Later = 503;

    public Answered Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence) => new(Taken, Acknowledged);

    public Answered TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now) => new(Later, string.Empty);

    public Answered FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text)
    {
        var reason = code switch { null => "patient-unknown", "1.1" => "patient-not-ours", "1.3" => "service-missing", "2" => "content-invalid", _ => code };
        return new Answered(Refused, new JsonObject
        {
            ["resourceType"] = "Parameters",
            ["parameter"] = new JsonArray(new JsonObject { ["name"] = "reason", ["valueCode"] = reason }),
        }.ToJsonString());
    }

    /// <summary>Null when nothing is said this time.</summary>
    public static (string Operation, JsonObject? Body)? Read(Answered answer) => answer.Status switch
    {
        Taken => (Acknowledged, null),
        Refused => (Rejected, (JsonObject)JsonNode.Parse(answer.Body)!),
        _ => null,
    };
}
