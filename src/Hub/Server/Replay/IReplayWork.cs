using Npgsql;
using Vkp.EventStore;

namespace Vkp.Hub.Replay;

/// <summary>What one page of a replay came to.</summary>
/// <param name="Position">The place it ends at.</param>
/// <param name="Taken">Messages of it that fitted.</param>
/// <param name="Facts">To be appended with the page.</param>
/// <param name="Open">What the replay has sent and nobody has answered yet: it is not at its end before that is nothing.</param>
public sealed record ReplayPage(long Position, int Taken, IReadOnlyList<AppendRequest> Facts, int Open = 0);

/// <summary>What a kind of replay does with a page: an audit looks, a resend sends again, a correction sends what replaces.</summary>
public interface IReplayWork
{
    /// <summary>Takes the page after the row's place into the tally, and writes what follows from it in the page's transaction.</summary>
    /// <param name="max">Messages, or events looked at, whichever the kind counts by.</param>
    Task<ReplayPage> TakeAsync(NpgsqlTransaction transaction, ReplayRow row, ReplaySelection selection, int max, ReplayTally tally, CancellationToken ct);

    /// <summary>The last word, when everything is answered: what it came to.</summary>
    Task ConcludeAsync(NpgsqlTransaction transaction, ReplayRow row, ReplayTally tally, CancellationToken ct);

    /// <summary>Forgets what it holds for a replay that does not go on here.</summary>
    void Forget(Guid id);
}

/// <summary>The kinds of replay. Permanent names.</summary>
public static class ReplayKinds
{
    /// <summary>Translated again and compared; goes to nobody.</summary>
    public const string Audit = "audit";

    /// <summary>The same documents again: the message's id as before, a new bundle id.</summary>
    public const string Resend = "resend";

    /// <summary>Made again with today's translators, and where it became another document, a new message that replaces the old.</summary>
    public const string Correct = "correct";

    public static readonly IReadOnlyList<string> All = [Audit, Resend, Correct];
}
