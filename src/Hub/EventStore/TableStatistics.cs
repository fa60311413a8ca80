using Npgsql;

namespace Vkp.EventStore;

/// <summary>
/// Has the planner's statistics follow the tables while they are young: asked for after some commits of this process, then each time there were as
/// many again, so that it costs next to nothing in the long run. Later autovacuum does as much.
/// </summary>
internal sealed class TableStatistics(NpgsqlDataSource app)
{
    private const long FirstCommits = 16;

    private long _commits;
    private long _next = FirstCommits;
    private Task _refresh = Task.CompletedTask;

    /// <summary>Never waits and never fails: the appends do not depend on it.</summary>
    public void CountCommit()
    {
        var next = Volatile.Read(ref _next);
        if (Interlocked.Increment(ref _commits) >= next && Interlocked.CompareExchange(ref _next, 2 * next, next) == next)
            _refresh = RefreshAsync(_refresh);
    }

    /// <summary>Ends when nothing is under way.</summary>
    public Task EndAsync() => _refresh;

    private async Task RefreshAsync(Task previous)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await using var command = app.CreateCommand("select refresh_statistics()");
            await command.ExecuteScalarAsync();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            // Only speed is lost, until the next time or autovacuum; that the database is away, the appends say.
        }
    }
}
