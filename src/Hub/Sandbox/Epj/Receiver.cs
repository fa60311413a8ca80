namespace Vkp.Sandbox;

/// <summary>
/// Decides what a message comes to, one message at a time: the receiver's table of FHIR R4 reliable messaging, or none at an EPJ that knows nothing of repeats.
/// </summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly bool deduplicates;
    private readonly IEpjAnswers answers;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly EpjJournal journal;
    private readonly Dictionary<string, int> received = new(StringComparer.Ordinal);
    private int changedRepeats;
    private int answersGiven;

    public Receiver(string journalFolder, bool deduplicates, IEpjAnswers answers, TimeProvider time)
    {
        this.deduplicates = deduplicates;
        this.answers = answers;
        this.time = time;
        journal = new EpjJournal(journalFolder, Journaled.Set);
    }

    public Turnstile Journaled { get; } = new();

    public Turnstile Requests { get; } = new();

    /// <summary>The entries so far, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (gate) return [.. journal.Entries];
        }
    }

    public EpjCount Count
    {
        get
        {
            lock (gate)
            {
                var keys = journal.Entries.Select(entry => entry.ContentKey).ToArray();
                return new EpjCount(keys.Length, keys.Length - keys.Distinct(StringComparer.Ordinal).Count());
            }
        }
    }

    public EpjCounters Counters
    {
        get
        {
            lock (gate)
            {
                var entries = journal.Entries.CountBy(entry => entry.MessageHeaderId, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
                var messages = received.Keys.Union(entries.Keys, StringComparer.Ordinal)
                    .Select(id => new MessageCount(id, received.GetValueOrDefault(id), entries.GetValueOrDefault(id)));
                return new EpjCounters(Requests.Value, changedRepeats, [.. messages]);
            }
        }
    }

    public void CountReceived(IncomingMessage? message)
    {
        lock (gate)
        {
            if (message is null) return;
            received[message.MessageHeaderId] = received.GetValueOrDefault(message.MessageHeaderId) + 1;
            if (journal.EntryOf(message.MessageHeaderId) is { } first && first.ContentKey != message.ContentKey) changedRepeats++;
        }
    }

    /// <summary>What a message comes to under the fault that strikes it, if one does.</summary>
    public Task<Answered> AnswerAsync(IncomingMessage message, FaultRule? fault)
    {
        // A receiver that knows repeats cannot say no to what it has journaled.
        if (fault is { Kind: FaultKind.Refuse or FaultKind.TransientError } && !Knows(message)) return Task.FromResult(Refuse(message, fault));
        return SyntheticPeople.IsStranger(message.PatientValue) ? Task.FromResult(RefuseStranger(message)) : TakeAsync(message);
    }

    public ValueTask DisposeAsync() => journal.DisposeAsync();

    /// <summary>Journals the message, or finds that it has been, and returns the answer. What is answered `ok` is on disk.</summary>
    private async Task<Answered> TakeAsync(IncomingMessage message)
    {
        var (given, status) = Decide(message);
        await given.Stored;
        return new Answered(status, given.Answer);
    }

    /// <summary>Whether this is a repeat of what is in the journal, seen by a receiver that looks for that.</summary>
    private bool Knows(IncomingMessage message)
    {
        lock (gate) return deduplicates && journal.EntryOf(message.MessageHeaderId) is not null;
    }

    /// <summary>Says no. A refusal is not remembered: when the cause is gone, the same message is taken.</summary>
    private Answered Refuse(IncomingMessage message, FaultRule rule)
    {
        lock (gate)
        {
            return rule.Kind == FaultKind.TransientError
                ? answers.TransientError(message, NextAnswerId(message), time.GetUtcNow())
                : answers.FatalError(message, NextAnswerId(message), time.GetUtcNow(), rule.Code, rule.Text);
        }
    }

    /// <summary>Says no to a message about somebody the EPJ does not know.</summary>
    private Answered RefuseStranger(IncomingMessage message)
    {
        lock (gate) return answers.FatalError(message, NextAnswerId(message), time.GetUtcNow(), code: null, "Ukjent pasient");
    }

    private (GivenAnswer Given, int Status) Decide(IncomingMessage message)
    {
        lock (gate)
        {
            if (!deduplicates) return Journal(message);
            return (journal.EntryOf(message.MessageHeaderId), journal.AnswerTo(message.BundleId)) switch
            {
                (_, { } given) when given.MessageHeaderId == message.MessageHeaderId => (given, 200),
                (_, not null) => Clash(message),
                ({ } entry, null) => AnswerAnew(message, entry),
                (null, null) => Journal(message),
            };
        }
    }

    private (GivenAnswer Given, int Status) Journal(IncomingMessage message)
    {
        var now = time.GetUtcNow();
        var entry = new JournalEntry(
            journal.Count + 1,
            now,
            message.MessageHeaderId,
            message.BundleId,
            message.Event,
            message.Source,
            message.PatientSystem,
            message.PatientValue,
            message.Text,
            message.ContentKey);
        var answer = answers.Ok(message, NextAnswerId(message), now, entry.Sequence);
        return (journal.Append(new JournalLine(message.MessageHeaderId, message.BundleId, answer.Body, entry)), answer.Status);
    }

    // The same message in a new Bundle: a resend. Known, so there is no second entry, and the new Bundle gets its own lasting answer.
    private (GivenAnswer Given, int Status) AnswerAnew(IncomingMessage message, JournalEntry entry)
    {
        var answer = answers.Ok(message, NextAnswerId(message), time.GetUtcNow(), entry.Sequence);
        return (journal.Append(new JournalLine(message.MessageHeaderId, message.BundleId, answer.Body, Entry: null)), answer.Status);
    }

    private (GivenAnswer Given, int Status) Clash(IncomingMessage message)
    {
        var answer = answers.FatalError(message, NextAnswerId(message), time.GetUtcNow(), "2", "This Bundle.id was used for another message");
        return (new GivenAnswer(message.MessageHeaderId, answer.Body, Task.CompletedTask), answer.Status);
    }

    private Guid NextAnswerId(IncomingMessage message) => SeededDice.Id($"{message.BundleId}/{message.MessageHeaderId}/{time.GetUtcNow():O}/{++answersGiven}");
}
