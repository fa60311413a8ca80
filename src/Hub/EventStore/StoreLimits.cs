namespace Vkp.EventStore;

/// <summary>Every size and time of the store, each with its reason.</summary>
public static class StoreLimits
{
    /// <summary>A message of 1 MB, sealed, with raw payload and FHIR side by side, is under 4 MB; twice that is room to grow.</summary>
    public const int BodyBytesMax = 8 * 1024 * 1024;

    /// <summary>One request, or one list of requests, is one commit under the head lock: this many events hold it well under 100 ms.</summary>
    public const int RequestEventsMax = 1000;

    /// <summary>Connections that append side by side on a node, each for its share of the tenants. More gain nothing on two cores and make the groups smaller.</summary>
    public const int AppendLanes = 2;

    /// <summary>The longest that a group waits for the callers of the one before it. A commit takes two to five times as long.</summary>
    public static readonly TimeSpan GatherInterval = TimeSpan.FromMilliseconds(1);

    /// <summary>Events per group commit. Larger groups gain little and make every caller in them wait longer.</summary>
    public const int GroupEventsMax = 512;

    /// <summary>From this many events a request is a list, which others need not wait for: its commit takes as long as one of many callers with an event each.</summary>
    public const int ListEventsMin = 32;

    /// <summary>Requests with fewer events that may go before a list that came first: some 20 ms of them.</summary>
    public const int OvertakingMax = 500;

    /// <summary>Bytes per group commit: some 10 ms of writing.</summary>
    public const long GroupBytesMax = 4 * 1024 * 1024;

    /// <summary>Events waiting for a group commit on this node. At the slowest rate seen (10 000/s) the last one waits a second.</summary>
    public const int QueueEventsMax = 10_000;

    /// <summary>Bytes waiting likewise; bounds the memory a burst of large messages can take.</summary>
    public const long QueueBytesMax = 128 * 1024 * 1024;

    /// <summary>Events per read.</summary>
    public const int ReadEventsMax = 10_000;

    /// <summary>Positions per transaction of retention: some 10 ms, so that neither a lock nor what a crash undoes matters. The function allows 1000.</summary>
    public const int RetirePositions = 500;

    /// <summary>How often a subscription looks by itself, when nobody woke it. Bounds the delay if every hint is lost.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>The least time from one page of a subscription to the next while pages hold more than a few events and are not full. At a calm pace no event waits.</summary>
    public static readonly TimeSpan PageInterval = TimeSpan.FromMilliseconds(10);

    /// <summary>From this many events a page is a sign of load, and the next one is left time to fill.</summary>
    public const int CrowdedPageEvents = 4;

    /// <summary>How long a process may be silent before another takes over its subscriptions. A page that takes longer renews it.</summary>
    public static readonly TimeSpan SubscriptionLease = TimeSpan.FromSeconds(5);

    /// <summary>How long a lease is used before it is renewed: less than half, so that one renewal may be late.</summary>
    public static readonly TimeSpan SubscriptionLeaseRenewal = TimeSpan.FromSeconds(2);

    /// <summary>The wait after a broken connection, before a subscription or listener tries again.</summary>
    public static readonly TimeSpan BrokenInterval = TimeSpan.FromSeconds(1);
}
