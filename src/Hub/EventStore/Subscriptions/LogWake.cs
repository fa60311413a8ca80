using Npgsql;

namespace Vkp.EventStore.Subscriptions;

/// <summary>Wakes whoever waits for something to happen on this node. A hint: never the only way to learn of it.</summary>
internal sealed class LogWake
{
    private TaskCompletionSource _next = New();

    /// <summary>Take this before looking; await it after finding nothing. So nothing that happens in between is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Set(IEnumerable<int> tenants) => Set();

    public void Set() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>Turns NOTIFY of other nodes into this node's wake-up.</summary>
internal static class LogListener
{
    public static async Task RunAsync(NpgsqlDataSource app, LogWake wake, TimeProvider clock, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await using var connection = await app.OpenConnectionAsync(ct);
                var schema = new NpgsqlConnectionStringBuilder(connection.ConnectionString).SearchPath;
                connection.Notification += (_, notification) =>
                {
                    // Channels are the whole database's; another schema's log is none of ours.
                    if (notification.Payload == schema)
                        wake.Set();
                };
                await using (var listen = new NpgsqlCommand("listen vkp_log", connection))
                    await listen.ExecuteNonQueryAsync(ct);

                // What came before we listened.
                wake.Set();
                try
                {
                    while (true)
                        await connection.WaitAsync(ct);
                }
                finally
                {
                    // A pooled connection would go on listening.
                    NpgsqlConnection.ClearPool(connection);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // Hints are lost while the database is away; subscriptions poll, and say so themselves if they cannot.
                await Task.Delay(StoreLimits.BrokenInterval, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
