using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vkp.EventStore.Audit;

/// <summary>
/// Walks the chain, pure: commits and events in, the first break out. A commit is right when it follows the one before,
/// holds every position of its range, each event's content hash fits its content, and the hash over all of it is the stored one.
/// </summary>
internal sealed class ChainChecker(int tenant, ChainStart start, IReadOnlyList<LogAnchor> anchors, RemovalLedger ledger)
{
    // A wrong order of two events is looked for by trying; beyond this many events in a commit that would take long.
    private const int TryOrderEventsMax = 128;

    private byte[] _hash = start.Hash;
    private int _nextAnchor;

    public AuditBreak? FirstBreak { get; private set; }

    public long LastVerified { get; private set; } = start.LastPosition;

    public long Events { get; private set; }

    public long Commits { get; private set; }

    public long BodiesRemoved { get; private set; }

    public int AnchorsMet { get; private set; }

    /// <summary>What the verification starts after must be what an anchor of that place saw.</summary>
    public void Begin()
    {
        if (start.LastPosition > 0)
            CompareAnchors();
    }

    public void Take(AuditPage page)
    {
        // Hashing contents is the work; the rest is comparing.
        var contents = new byte[page.Events.Count][];
        Parallel.For(0, contents.Length, i => contents[i] = ContentHashOf(page.Events[i]));

        var times = page.Commits.Select(commit => commit.RecordedAt).ToHashSet();
        var next = 0;
        foreach (var commit in page.Commits)
        {
            var first = next;
            while (next < page.Events.Count && page.Events[next].Position <= commit.LastPosition)
                next++;

            if (!TakeCommit(commit, page.Events.GetRange(first, next - first).ToArray(), contents.AsSpan(first, next - first), times))
                return;
        }

        if (next < page.Events.Count)
            FirstBreak = new(BreakKind.Inserted, page.Events[next].Position, "an event stands behind the last commit");
    }

    /// <summary>The chain must end where the head says, no anchor may lie beyond, and the receipts must say what is gone.</summary>
    public void End(long head, byte[] headHash)
    {
        if (LastVerified < head)
            FirstBreak = new(BreakKind.Truncated, LastVerified + 1, $"the head is at {head}, the last commit ends at {LastVerified}");
        else if (LastVerified > head || !headHash.AsSpan().SequenceEqual(_hash))
            FirstBreak = new(BreakKind.Changed, Math.Min(head, LastVerified), $"the head ({head}) does not fit the last commit ({LastVerified})");
        else if (_nextAnchor < anchors.Count)
            FirstBreak = new(BreakKind.Truncated, LastVerified + 1, $"an anchor of {anchors[_nextAnchor].TakenAt:O} saw position {anchors[_nextAnchor].Position}, the log ends at {LastVerified}");
        else
            FirstBreak = ledger.End();
    }

    /// <summary>A change is an insertion or a removal with renumbering, when there are more or fewer events than the head counts.</summary>
    public void Narrow(AuditBreak broken, long count, long head)
    {
        if (start.LastPosition == 0 && count > head)
            FirstBreak = broken with { Kind = BreakKind.Inserted, Explanation = $"{broken.Explanation}; {count} events stand in a log of {head}" };
        else if (start.LastPosition == 0 && count < head)
            FirstBreak = broken with { Kind = BreakKind.Removed, Explanation = $"{broken.Explanation}; {count} events stand in a log of {head}" };
    }

    private bool TakeCommit(AuditCommit commit, AuditEvent[] events, ReadOnlySpan<byte[]> contents, HashSet<DateTimeOffset> times)
    {
        FirstBreak = BreakOf(commit, events, contents, times) ?? Erased(events, contents);
        if (FirstBreak is not null)
            return false;

        _hash = commit.Hash;
        LastVerified = commit.LastPosition;
        Commits++;
        Events += events.Length;
        BodiesRemoved += events.Count(e => e.BodyRemoved);

        return CompareAnchors();
    }

    private bool CompareAnchors()
    {
        // An anchor is taken of a head, so it lies at the end of a commit.
        for (; _nextAnchor < anchors.Count && anchors[_nextAnchor].Position <= LastVerified; _nextAnchor++)
        {
            if (anchors[_nextAnchor].Position != LastVerified || !anchors[_nextAnchor].Hash.Span.SequenceEqual(_hash))
            {
                FirstBreak = new(BreakKind.Changed, anchors[_nextAnchor].Position, $"the chain is whole but not the one the anchor of {anchors[_nextAnchor].TakenAt:O} saw: it was computed anew");
                return false;
            }

            AnchorsMet++;
        }

        return true;
    }

    private AuditBreak? Erased(AuditEvent[] events, ReadOnlySpan<byte[]> contents)
    {
        for (var i = 0; i < events.Length; i++)
        {
            if (ledger.Take(events[i], contents[i]) is { } erased)
                return erased;
        }

        return null;
    }

    private AuditBreak? BreakOf(AuditCommit commit, AuditEvent[] events, ReadOnlySpan<byte[]> contents, HashSet<DateTimeOffset> times)
    {
        var first = LastVerified + 1;
        if (commit.FirstPosition != first)
            return commit.FirstPosition > first
                ? new(BreakKind.Removed, first, $"no commit holds it; the next begins at {commit.FirstPosition}")
                : new(BreakKind.Changed, first, $"the commit that ends at {commit.LastPosition} begins at {commit.FirstPosition}, inside the one before");

        for (var i = 0; i < events.Length || first + i <= commit.LastPosition; i++)
        {
            if (i >= events.Length || events[i].Position != first + i)
                return new(BreakKind.Removed, first + i, "there is no event at this position");

            if (!contents[i].AsSpan().SequenceEqual(events[i].ContentHash))
                return new(BreakKind.Changed, first + i, $"event {events[i].Id} does not have the content its hash was made of");
        }

        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].RecordedAt != commit.RecordedAt)
                // Another commit's time on an intact event: it came from there.
                return times.Contains(events[i].RecordedAt)
                    ? new(BreakKind.Reordered, first + i, $"event {events[i].Id} was recorded at {events[i].RecordedAt:O}, this commit at {commit.RecordedAt:O}")
                    : new(BreakKind.Changed, first + i, $"event {events[i].Id} was not recorded when its commit was");
        }

        if (HashOf(commit, events, contents).AsSpan().SequenceEqual(commit.Hash))
            return null;

        return OrderThatFits(commit, events) is { } swapped
            ? new(BreakKind.Reordered, first + swapped, $"the commit's hash fits when event {events[swapped].Id} changes place with another")
            : new(BreakKind.Changed, first, $"the commit that ends at {commit.LastPosition} does not have the hash of what it holds");
    }

    private int? OrderThatFits(AuditCommit commit, AuditEvent[] events)
    {
        if (events.Length is < 2 or > TryOrderEventsMax)
            return null;

        for (var a = 0; a < events.Length; a++)
        {
            for (var b = a + 1; b < events.Length; b++)
            {
                // Whoever moved the rows may have put the versions right, or left them with the content.
                if (Fits(a, b, keepVersions: false) || Fits(a, b, keepVersions: true))
                    return a;
            }
        }

        return null;

        bool Fits(int a, int b, bool keepVersions)
        {
            var other = events.ToArray();
            (other[a], other[b]) = (events[b], events[a]);
            if (keepVersions)
                (other[a], other[b]) = (other[a] with { Version = events[a].Version }, other[b] with { Version = events[b].Version });

            return HashOf(commit, other, other.Select(e => e.ContentHash).ToArray()).AsSpan().SequenceEqual(commit.Hash);
        }
    }

    private byte[] HashOf(AuditCommit commit, AuditEvent[] events, ReadOnlySpan<byte[]> contents)
    {
        var bytes = new byte[32 + 4 + 8 + 8 + 8 + (events.Length * 40)];
        _hash.CopyTo(bytes, 0);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(32), tenant);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(36), commit.FirstPosition);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(44), commit.LastPosition);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(52), ChainTime.Microseconds(commit.RecordedAt));
        for (var i = 0; i < events.Length; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(60 + (i * 40)), events[i].Version);
            contents[i].CopyTo(bytes, 68 + (i * 40));
        }

        return SHA256.HashData(bytes);
    }

    private byte[] ContentHashOf(AuditEvent e) => ContentHash.Of(
        tenant,
        e.Stream,
        e.Id,
        e.Type,
        e.Source,
        e.KeyHash,
        e.BodyHash,
        e.Metadata,
        e.BodyRemoved ? e.Body : SHA256.HashData(e.Body));
}
