namespace Vkp.Sandbox;

/// <summary>The hub to fetch from, and as whom.</summary>
/// <param name="Hub">Its base address, with the closing slash.</param>
/// <param name="Issuer">Where the client's tokens come from; they are bound to its key, as the read side demands.</param>
public sealed record HubAccess(Uri Hub, Uri Issuer, DevelopmentClient Client);

/// <param name="JournalFolder">Holds the journal file and how far has been fetched; the patients' identifiers are in it in plain text, as in any journal system.</param>
/// <param name="Kind">One of <see cref="EpjKind.Fetching"/>.</param>
/// <param name="Port">Of its control surface and, where it subscribes, its endpoint. 0 takes a free one.</param>
public sealed record FetchingEpjOptions(string JournalFolder, string Kind, HubAccess Access, int Port = 0)
{
    /// <summary>How long it waits between looking; it looks at once when it starts, when it is told and, where it subscribes, when it is called.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where one of <see cref="EpjKind.Queued"/> has its queue; null for others.</summary>
    public QueueAccess? Queue { get; init; }

    /// <summary>Documents in one page of a list; 1 to 200 at the hub.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>What goes with a notification: `empty`, `id-only` or `full-resource`.</summary>
    public string Payload { get; init; } = "id-only";

    /// <summary>False makes an EPJ that journals again what it fetches again: for showing what doubling looks like.</summary>
    public bool Deduplicates { get; init; } = true;

    /// <summary>Told what each round came to that had anything to do.</summary>
    public Action<RoundReport>? Rounds { get; init; }
}

/// <summary>What one look at the hub came to.</summary>
/// <param name="Documents">Read and not answered before.</param>
/// <param name="Left">Not answered this time: they are taken up again.</param>
/// <param name="NotBefore">When the hub asked to be left alone until.</param>
/// <param name="Problem">What the hub said or did last that was not as it should be; never about a patient.</param>
public sealed record RoundReport(int Documents, int Acknowledged, int Rejected, int Left, DateTimeOffset? NotBefore = null, string? Problem = null)
{
    internal static RoundReport Nothing { get; } = new(0, 0, 0, 0);

    internal int Answered => Acknowledged + Rejected;

    internal RoundReport And(RoundReport next) =>
        new(Documents + next.Documents, Acknowledged + next.Acknowledged, Rejected + next.Rejected, next.Left, next.NotBefore, next.Problem ?? Problem);
}
