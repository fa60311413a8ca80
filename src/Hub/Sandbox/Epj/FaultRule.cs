using System.Text.Json.Serialization;

namespace Vkp.Sandbox;

/// <summary>How the simulated EPJ misbehaves.</summary>
public enum FaultKind
{
    /// <summary>Answers with <see cref="FaultRule.Status"/> and no message, with Retry-After if given.</summary>
    Status,

    /// <summary>Never answers.</summary>
    Hang,

    /// <summary>Closes the connection without an answer.</summary>
    Drop,

    /// <summary>Closes the connection in the middle of the answer.</summary>
    Cut,

    /// <summary>Does everything right, <see cref="FaultRule.DelayMilliseconds"/> late.</summary>
    Slow,

    /// <summary>Answers 200 with a body that never ends.</summary>
    Endless,

    /// <summary>Answers 200 and one blank every <see cref="FaultRule.DelayMilliseconds"/>, without end: slow rather than large.</summary>
    Trickle,

    /// <summary>Answers 307 to another address.</summary>
    Redirect,

    /// <summary>Answers 200 with something that is no FHIR message.</summary>
    Garbage,

    /// <summary>Answers a response message with code fatal-error and <see cref="FaultRule.Code"/>. Nothing is journaled. A repeat of what is journaled gets its answer instead.</summary>
    Refuse,

    /// <summary>Answers a response message with code transient-error. Nothing is journaled.</summary>
    TransientError,

    /// <summary>Journals, and never answers; at those that take messages from a queue, where that is the last the hub hears of it. Those that are called hang; those that fetch over HTTP take the document up again.</summary>
    Silent,

    /// <summary>Answers twice, at those that take messages from a queue. Others can answer a request only once, and do.</summary>
    Twice,
}

/// <summary>Where in the handling a fault strikes.</summary>
public enum FaultStage
{
    /// <summary>The message is not journaled (but with <see cref="FaultKind.Slow"/>, which goes on).</summary>
    BeforeJournaling,

    /// <summary>The message is journaled and the sender is not told: the case a sender must survive without doubling.</summary>
    AfterJournaling,
}

/// <summary>One instruction to misbehave. The first rule that fits a request is used; a request that no rule fits is handled well.</summary>
public sealed record FaultRule
{
    public required FaultKind Kind { get; init; }

    public FaultStage Stage { get; init; }

    /// <summary>How many requests it strikes; null strikes until the rules are replaced.</summary>
    public int? Times { get; init; }

    public int Status { get; init; } = 503;

    public int? RetryAfterSeconds { get; init; }

    public int DelayMilliseconds { get; init; } = 1000;

    /// <summary>Waits this long before it does anything, whatever the kind.</summary>
    public int WaitMilliseconds { get; init; }

    /// <summary>Code of `vkp-operation-outcome-v090`: 1.3 is "no active service".</summary>
    public string Code { get; init; } = "1.3";

    public string Text { get; init; } = "Pasienten har ingen aktiv tjeneste.";

    /// <summary>Only messages about the patient with this identifier value.</summary>
    public string? Patient { get; init; }

    /// <summary>Only messages with this event code.</summary>
    public string? Event { get; init; }

    /// <summary>Only this message.</summary>
    public string? MessageHeaderId { get; init; }

    /// <summary>
    /// Strikes requests that change nothing (a search, a question whether a note is there, a notification) instead of those that ask for an entry; at a journal
    /// system that fetches, a list it has read.
    /// </summary>
    public bool LookUps { get; init; }

    internal bool Fits(IncomingMessage? message) =>
        (Patient is null || message?.PatientValue == Patient)
        && (Event is null || message?.Event == Event)
        && (MessageHeaderId is null || message?.MessageHeaderId == MessageHeaderId);
}

/// <summary>The rules in force, taken one by one as requests come.</summary>
internal sealed class Faults
{
    private readonly Lock gate = new();
    private List<FaultRule> rules = [];
    private TaskCompletionSource replaced = NewRules();

    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (gate) return [.. rules];
        }
    }

    public void Replace(IEnumerable<FaultRule> next)
    {
        lock (gate)
        {
            rules = [.. next];
            replaced.SetResult();
            replaced = NewRules();
        }
    }

    /// <summary>The rule for this request, used up by one.</summary>
    public FaultRule? Take(IncomingMessage? message, bool isLookUp) => Take(message, isLookUp, out _);

    /// <param name="over">Completes when the rules it was taken from are replaced.</param>
    public FaultRule? Take(IncomingMessage? message, bool isLookUp, out Task over)
    {
        lock (gate)
        {
            over = replaced.Task;
            var index = rules.FindIndex(rule => rule.Times is not <= 0 && rule.LookUps == isLookUp && rule.Fits(message));
            if (index < 0) return null;
            var rule = rules[index];
            if (rule.Times is { } left) rules[index] = rule with { Times = left - 1 };
            return rule;
        }
    }

    private static TaskCompletionSource NewRules() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(List<FaultRule>))]
[JsonSerializable(typeof(IReadOnlyList<FaultRule>))]
internal sealed partial class FaultJson : JsonSerializerContext;
