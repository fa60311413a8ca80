namespace Vkp.EventStore.Append;

/// <summary>
/// The versions that streams were last seen at over one database session, so that the append function need not look for
/// them. They are hints: another session may have gone further, which the index of versions tells. They die with the session,
/// because only a session cannot outlive the loss of what was committed over it (a restore, a stand-by that lagged).
/// </summary>
internal sealed class KnownVersions
{
    /// <summary>Some 10 MB. Beyond it everything is forgotten at once: simpler than ageing, and a probe is cheap.</summary>
    private const int StreamsMax = 50_000;

    /// <summary>The most calls that are careful from the start after one that turned out to need it.</summary>
    private const int CarefulCallsMax = 31;

    private readonly Lock _lock = new();
    private readonly Dictionary<(int Tenant, string Stream), long> _versions = [];
    private int _careful;
    private int _burst;

    /// <summary>Whether a call should be judged event by event, rather than stored and judged only if that fails.</summary>
    public bool MustBeCareful => _careful > 0;

    public long? Of(int tenant, string stream)
    {
        lock (_lock)
            return _versions.TryGetValue((tenant, stream), out var version) ? version : null;
    }

    /// <param name="careful">Whether the call was made or ended carefully.</param>
    public void Learn(IReadOnlyList<PreparedRequest> requests, Verdict[] verdicts, bool careful)
    {
        CountCareful(careful);
        lock (_lock)
        {
            if (_versions.Count > StreamsMax)
                _versions.Clear();

            // Two requests to one stream may share a call; the later one has the higher version.
            for (var i = 0; i < verdicts.Length; i++)
            {
                if (verdicts[i].Kind is VerdictKind.Appended or VerdictKind.VersionConflict)
                    _versions[(requests[i].Request.Tenant, requests[i].Stream)] = verdicts[i].LastVersion;
            }
        }
    }

    /// <summary>Somebody else on this node is appending to these streams.</summary>
    public void Forget(IReadOnlyList<PreparedRequest> requests)
    {
        lock (_lock)
        {
            foreach (var request in requests)
                _versions.Remove((request.Request.Tenant, request.Stream));
        }
    }

    public void Clear()
    {
        lock (_lock)
            _versions.Clear();
    }

    /// <summary>
    /// Repeats, and another node that writes to the same streams, come in bursts: each try that fails doubles the time until the next one. A stream that has grown
    /// by this node's own hand is a single case, and the next call is tried again.
    /// </summary>
    private void CountCareful(bool careful)
    {
        if (MustBeCareful)
            _careful--;
        else if (careful)
            _careful = _burst = Math.Min((_burst * 2) + 1, CarefulCallsMax);
        else
            _burst /= 2;
    }
}
