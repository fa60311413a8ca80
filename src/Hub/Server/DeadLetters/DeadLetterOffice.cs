using System.Runtime.CompilerServices;
using Vkp.EventStore;
using Vkp.Hub.Delivery;

namespace Vkp.Hub.DeadLetters;

/// <summary>How far an act has come.</summary>
/// <param name="Total">How many it was to touch when it began; somebody else may have taken some of them since.</param>
public sealed record ActProgress(string OrgNo, string Act, long Done, long Total, bool IsDryRun);

/// <summary>One cause in plain words, with its code.</summary>
public sealed record CauseGroup(
    string OrgNo, string Destination, string State, string? Code, string Cause, string Advice, string? Message, long Count, DateTimeOffset Oldest, DateTimeOffset Newest, IReadOnlyList<string> Kinds);

/// <summary>Lets people see what waits for them, by cause, and act on it: one by one or a whole cause at once, in pages, safe against a second press.</summary>
public sealed class DeadLetterOffice(DeadLetterStore letters, EventLog store, DeliveryEngine engine, TimeProvider time)
{
    private const int PageRows = 200;

    public async Task<IReadOnlyList<CauseGroup>> GroupsAsync(int tenant, CancellationToken ct) =>
    [
        .. (await letters.GroupsAsync(tenant, ct)).Select(g =>
        {
            var (cause, advice) = Causes.Of(g.State, g.Code, g.Message);
            return new CauseGroup(tenant.ToString("D9"), g.Destination, g.State, g.Code, cause, advice, g.Message, g.Count, g.Oldest, g.Newest, g.Kinds);
        }),
    ];

    /// <summary>Carries the act out, page by page, each page whole; or, as a dry run, says how many it would touch. The first line is the count.</summary>
    public async IAsyncEnumerable<ActProgress> ActAsync(
        DeadLetterAct act, Selection selection, string author, string reason, bool isDryRun, [EnumeratorCancellation] CancellationToken ct)
    {
        var states = ActRules.StatesFor(act, selection.IsChosenOneByOne);
        var total = await letters.CountAsync(selection, states, ct);
        ActProgress Progress(long done) => new(selection.Tenant.ToString("D9"), act.ToString().ToLowerInvariant(), done, total, isDryRun);
        yield return Progress(0);
        if (isDryRun) yield break;

        var (done, position) = (0L, 0L);
        while (true)
        {
            // A page once begun is finished: a caller who goes away leaves whole pages behind, not half ones.
            var (acted, last) = await letters.ActAsync(
                selection, states, position, PageRows, (letter, cancel) => DecideAsync(act, selection.Tenant, letter, author, reason, cancel), CancellationToken.None);
            if (acted == 0) break;
            engine.SignalChange();
            (done, position) = (done + acted, last);
            yield return Progress(done);
            ct.ThrowIfCancellationRequested();
        }
    }

    private async Task<(ActedUpon After, IReadOnlyList<AppendRequest> Facts)> DecideAsync(DeadLetterAct act, int tenant, DeadLetter letter, string author, string reason, CancellationToken ct)
    {
        var after = ActRules.Apply(act, letter, time.GetUtcNow());
        List<long> about = [letter.Position];
        // Withdrawing a document leaves the messages it would have settled without one: they share its fate, and come back with it.
        if (act is DeadLetterAct.Withdraw or DeadLetterAct.Restore && letter.Elsewhere == Elsewhere.Nowhere) about.AddRange(letter.Settles);
        var facts = new List<AppendRequest>(about.Count);
        foreach (var position in about)
        {
            var recorded = await store.ReadPositionAsync(tenant, position, ct);
            facts.Add(new AppendRequest(tenant, recorded.Stream, [FactOf(act, letter, EventMetadata.Parse(recorded.Metadata), after, author, reason)]));
        }

        return (after, facts);
    }

    private static NewEvent FactOf(DeadLetterAct act, DeadLetter letter, EventMetadata message, ActedUpon after, string author, string reason) => act switch
    {
        DeadLetterAct.Retry => MessageFacts.Resent(message, letter.Destination, letter.Acts, author, letter.Elsewhere.RefusedCode),
        DeadLetterAct.Withdraw => MessageFacts.Withdrawn(message, letter.Destination, letter.Acts, author, reason, letter.Elsewhere),
        DeadLetterAct.Restore => MessageFacts.Restored(
            message, letter.Destination, letter.Acts, author, after.State == "refused" && message.MessageId == letter.MessageId ? after.Code : letter.Elsewhere.RefusedCode),
        DeadLetterAct.Confirm => MessageFacts.Confirmed(message, letter.Destination, letter.Attempts, letter.Acts, author, letter.Elsewhere.Open),
        _ => throw new InvalidOperationException($"No fact is known for {act}."),
    };
}
