namespace Vkp.Cli.SelfTest.Fetching;

/// <summary>What the self-test did with a request.</summary>
public enum Passing
{
    Through,

    /// <summary>The hub got it, and its answer was thrown away.</summary>
    AnswerLost,

    /// <summary>The hub never saw it: the self-test said 503, with the time to stay away.</summary>
    TurnedAway,
}

/// <summary>One request of a journal system, as it went by.</summary>
/// <param name="At">When it came.</param>
/// <param name="Path">Without the query.</param>
/// <param name="Status">What was answered; null when the hub gave no answer.</param>
/// <param name="Code">The hub's error code, where it said no.</param>
/// <param name="Said">The body of a journal system's answer about a document; empty when it had none.</param>
public sealed record Exchange(DateTimeOffset At, string Method, string Path, int? Status, string? Code = null, Passing Passing = Passing.Through, string Said = "")
{
    /// <summary>Whether the hub took it.</summary>
    public bool IsTaken => Passing != Passing.TurnedAway && Status is >= 200 and < 300;

    /// <summary>Which document it is an answer about; null for everything else.</summary>
    public DocumentAnswer? Answer { get; } = DocumentAnswer.Find(Method, Path);
}

/// <summary>A journal system's word about one document.</summary>
public sealed record DocumentAnswer(Guid Message, bool IsRejection)
{
    private const string Acknowledged = "$journaling-acknowledged";
    private const string Rejected = "$journaling-rejected";

    /// <summary>Null for a request that is none.</summary>
    public static DocumentAnswer? Find(string method, string path) =>
        method == "POST" && Uri.UnescapeDataString(path).Split('/') is ["", "v1", _, var id, Acknowledged or Rejected] parts && Guid.TryParse(id, out var message)
            ? new DocumentAnswer(message, parts[^1] == Rejected)
            : null;
}

/// <summary>A time without the hub: everybody is told to stay away until it is over.</summary>
public sealed record Outage(DateTimeOffset Began, DateTimeOffset Ends);

/// <summary>What the hub says of a message.</summary>
/// <param name="Id">The message's.</param>
/// <param name="State">Where it is as a whole: `held`, `registered` and so on.</param>
/// <param name="Reason">Why it is held or went nowhere.</param>
/// <param name="There">Where it is at the destination tried: `available`, `read`, `journaled`, `refused`; null when it is not for it.</param>
public sealed record HubWord(Guid Id, string State, string? Reason, string? There)
{
    /// <summary>It will not come to the destination by itself, whatever that does.</summary>
    public bool IsElsewhere => State is "held" or "rejected" || (There is null && State != "registered");
}
