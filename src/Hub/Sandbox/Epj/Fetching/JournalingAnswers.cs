namespace Vkp.Sandbox;

/// <summary>What the hub is told of a document.</summary>
/// <param name="Reason">Why it is not in the journal; null when it is.</param>
internal readonly record struct JournalingAnswer(string? Reason);

/// <summary>
/// What a journal system that fetches says to the hub: in the journal, or not and why. A reason is a code of the hub's own list; other codes go out as they are, so
/// that a rule can try what the hub does not know.
/// </summary>
internal sealed class JournalingAnswers : IEpjAnswers
{
    private const int Taken = 200;
    private const int Refused = 422;
    private const int Later = 503;

    public Answered Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence) => new(Taken, "journaled");

    public Answered TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now) => new(Later, string.Empty);

    public Answered FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text) =>
        new(Refused, code switch { null => "patient-unknown", "1.1" => "patient-not-ours", "1.3" => "service-missing", "2" => "content-invalid", _ => code });

    /// <summary>Null when nothing is said this time.</summary>
    public static JournalingAnswer? Read(Answered answer) => answer.Status switch
    {
        Taken => new JournalingAnswer(null),
        Refused => new JournalingAnswer(answer.Body),
        _ => null,
    };
}
