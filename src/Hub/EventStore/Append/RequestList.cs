namespace Vkp.EventStore.Append;

/// <summary>
/// A caller's list of requests with repeats folded: the append function judges all requests against what stood before
/// the call, so a dedup key may come to it once. The later ones get their verdict from the first.
/// </summary>
internal sealed class RequestList
{
    private readonly int[] _distinctOf;
    private readonly bool[] _repeats;
    private readonly PreparedRequest[] _all;

    public RequestList(IReadOnlyList<AppendRequest> requests)
    {
        _all = new PreparedRequest[requests.Count];
        _distinctOf = new int[requests.Count];
        _repeats = new bool[requests.Count];
        var keys = new Dictionary<(int, string, string), int>();
        var streams = new HashSet<(int, string)>();
        var distinct = new List<PreparedRequest>(requests.Count);
        var events = 0;
        for (var i = 0; i < requests.Count; i++)
        {
            var prepared = _all[i] = new PreparedRequest(requests[i]);
            _distinctOf[i] = distinct.Count;
            if (prepared.DedupId is { } key && !keys.TryAdd(key, distinct.Count))
            {
                _distinctOf[i] = keys[key];
                _repeats[i] = true;
                continue;
            }

            if (!streams.Add((requests[i].Tenant, prepared.Stream)) && requests[i].ExpectedVersion is not null)
                throw new ArgumentException($"A request to {prepared.Stream} with an expected version comes after another to the same stream; join their events in one request.", nameof(requests));

            distinct.Add(prepared);
            events += requests[i].Events.Count;
        }

        if (events > StoreLimits.RequestEventsMax)
            throw new ArgumentException($"A list holds at most {StoreLimits.RequestEventsMax} events, not {events}.", nameof(requests));

        Distinct = distinct;
    }

    public IReadOnlyList<PreparedRequest> Distinct { get; }

    public int Count => _all.Length;

    public int DistinctIndex(int i) => _distinctOf[i];

    /// <summary>The verdict on the i-th request, given the verdict on the one that stands for it.</summary>
    public Verdict VerdictOn(int i, Verdict verdict)
    {
        if (!_repeats[i] || verdict.Kind == VerdictKind.VersionConflict)
            return verdict;

        var first = Distinct[_distinctOf[i]];
        var sameAsFirst = _all[i].BodyHash.AsSpan().SequenceEqual(first.BodyHash);
        var kind = verdict.Kind switch
        {
            VerdictKind.Appended => sameAsFirst ? VerdictKind.Duplicate : VerdictKind.ConflictingDuplicate,
            // Against a stored original only a body equal to the first one's is known to be equal too.
            VerdictKind.Duplicate => sameAsFirst ? VerdictKind.Duplicate : VerdictKind.ConflictingDuplicate,
            _ => VerdictKind.ConflictingDuplicate,
        };
        return new Verdict(kind) { FirstPosition = verdict.FirstPosition };
    }
}
