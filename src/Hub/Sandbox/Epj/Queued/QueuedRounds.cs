using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Vkp.Messages;

namespace Vkp.Sandbox;

/// <summary>What one that takes messages from a queue has seen and said, since it was started.</summary>
/// <param name="Waiting">In the queue when it looked last, those left among them.</param>
/// <param name="Acknowledged">Answers that went out, copies included; not answered by the hub, so nobody knows here what it made of them.</param>
/// <param name="Garbage">Answers that say nothing.</param>
/// <param name="Silent">Taken, and not answered.</param>
/// <param name="Gone">Taken and not answered because the hub has nothing to fetch any more.</param>
/// <param name="Unreadable">Looks at messages that are none; each stays where it is.</param>
public sealed record QueueCounters(int Waiting, int Acknowledged, int Rejected, int Garbage, int Silent, int Gone, int Unreadable);

/// <summary>
/// Documents that a queue tells of. A message is taken out when its document is journaled or refused, and the answer is out; whatever dies before that, it comes again,
/// and the journal knows it by the message's id. One message at a time, in the order of the queue.
/// </summary>
internal sealed class QueuedRounds(IEndpointQueue queue, Verdicts verdicts, Faults faults, HubCalls hub, TimeProvider time) : IRounds
{
    private readonly Lock gate = new();
    private QueueCounters counters = new(0, 0, 0, 0, 0, 0, 0);

    private enum Outcome
    {
        Acknowledged,
        Rejected,
        Taken,
        Left,

        /// <summary>The hub or the transport is away, and the next message would fare no better.</summary>
        Stopped,
    }

    public QueueCounters Counters
    {
        get
        {
            lock (gate) return counters;
        }
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet(
        "/control/queue", (RequestDelegate)(context => ControlRoutes.WriteJsonAsync(context, JsonSerializer.Serialize(Counters, QueueJson.Default.QueueCounters))));

    public async Task<(RoundReport Report, bool HasMore)> TakeAsync(CancellationToken ct)
    {
        var look = await queue.LookAsync(ct);
        Count(now => now with { Waiting = look.Messages.Count });
        if (look.Messages.Count == 0) return (RoundReport.Nothing with { Problem = look.Problem }, false);
        if (faults.Take(message: null, isLookUp: true, out var over) is { } fault && await new Stumble(time).StrikesAsync(fault, over, ct)) return (RoundReport.Nothing, false);

        var waiting = new HashSet<string>(StringComparer.Ordinal);
        var outcomes = new List<Outcome>();
        string? problem = null;
        foreach (var message in look.Messages)
        {
            (var outcome, problem) = await TakeAsync(message, waiting, problem, ct);
            outcomes.Add(outcome);
            if (outcome == Outcome.Stopped) break;
        }

        int Of(params Outcome[] wanted) => outcomes.Count(wanted.Contains);
        var report = new RoundReport(outcomes.Count, Of(Outcome.Acknowledged), Of(Outcome.Rejected), Of(Outcome.Left, Outcome.Stopped), Problem: problem);
        return (report, look.HasMore && Of(Outcome.Stopped) == 0);
    }

    public ValueTask DisposeAsync() => queue.DisposeAsync();

    private async Task<(Outcome Outcome, string? Problem)> TakeAsync(QueuedMessage message, HashSet<string> waiting, string? problem, CancellationToken ct)
    {
        if (message.Ready() is not { } ready)
        {
            Count(now => now with { Unreadable = now.Unreadable + 1 });
            return (Outcome.Left, $"VKP-957 Message '{message.Id}' is no DocumentReady; it stays in the queue.");
        }

        var content = ready.Document is { } travelled ? JsonReading.Object(Encoding.UTF8.GetBytes(travelled)) : null;
        if (content is null)
        {
            var fetched = await hub.GetAsync(ready.FetchFrom, ct);
            // Corrected or deleted since: there is nothing to journal, and nobody to tell.
            if (fetched.IsSettled) return await DoneAsync(message, [], Outcome.Taken, now => now with { Gone = now.Gone + 1 }, problem, ct);
            if (!fetched.IsOk || fetched.Body is null) return (Outcome.Stopped, problem);
            content = fetched.Body;
        }

        var document = new FetchedDocument(ready.Position, content.Text("resourceType") ?? "", ready.MessageId.ToString("D"), content).ToMessage(content, ready.DeliveryId.ToString("D"));
        // As the hub publishes: in order for each patient and lane, so that an alarm waits for nothing that is no alarm.
        return await verdicts.OfAsync(document, waiting, ct, ready.Lane) is { } verdict ? await AnswerAsync(message, ready, verdict, problem, ct) : (Outcome.Left, problem);
    }

    private Task<(Outcome, string?)> AnswerAsync(QueuedMessage message, DocumentReady ready, Verdict verdict, string? problem, CancellationToken ct)
    {
        switch (verdict.Fault?.Kind)
        {
            case FaultKind.Silent:
                return DoneAsync(message, [], Outcome.Taken, now => now with { Silent = now.Silent + 1 }, problem, ct);
            case FaultKind.Garbage:
                return DoneAsync(message, [QueuedReply.Garbage(ready)], Outcome.Taken, now => now with { Garbage = now.Garbage + 1 }, problem, ct);
        }

        var copies = verdict.Fault?.Kind == FaultKind.Twice ? 2 : 1;
        var replies = Enumerable.Range(0, copies).Select(copy => verdict.Reason is { } reason ? QueuedReply.Rejected(ready, reason, copy) : QueuedReply.Acknowledged(ready, copy)).ToList();
        return verdict.Reason is null
            ? DoneAsync(message, replies, Outcome.Acknowledged, now => now with { Acknowledged = now.Acknowledged + copies }, problem, ct)
            : DoneAsync(message, replies, Outcome.Rejected, now => now with { Rejected = now.Rejected + copies }, problem, ct);
    }

    private async Task<(Outcome, string?)> DoneAsync(
        QueuedMessage message, IReadOnlyList<QueuedReply> replies, Outcome outcome, Func<QueueCounters, QueueCounters> counted, string? problem, CancellationToken ct)
    {
        if (await queue.TakeAsync(message, replies, ct) is { } away) return (Outcome.Stopped, away);
        Count(counted);
        return (outcome, problem);
    }

    private void Count(Func<QueueCounters, QueueCounters> next)
    {
        lock (gate) counters = next(counters);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QueueCounters))]
internal sealed partial class QueueJson : JsonSerializerContext;
