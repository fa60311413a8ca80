using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Npgsql;

namespace Vkp.EventStore.Subscriptions;

/// <summary>Wakes whoever waits for something to happen, and says how far each tenant's log reaches. A hint: never the only way to learn of it.</summary>
internal sealed class LogWake
{
    private readonly ConcurrentDictionary<int, LogHint> _hints = new();
    private TaskCompletionSource _next = New();
    private long _unknown;

    /// <summary>Take this before looking; await it after finding nothing. So nothing that happens in between is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>What this node has been told of each tenant.</summary>
    public IEnumerable<KeyValuePair<int, LogHint>> Hints => _hints;

    /// <summary>Grows with each hint that does not say where: then the only way to know is to ask the database.</summary>
    public long Unknown => Volatile.Read(ref _unknown);

    public void Set(IEnumerable<KeyValuePair<int, long>> heads)
    {
        Note(heads);
        Pulse();
    }

    /// <summary>Something was appended to a tenant's log, or is to be looked at again; how far the log reaches is not said.</summary>
    public void Set(int tenant)
    {
        _hints.AddOrUpdate(tenant, _ => new LogHint(0, 1), (_, known) => known with { Marks = known.Marks + 1 });
        Pulse();
    }

    /// <summary>Learns how far logs reach, and wakes nobody.</summary>
    public void Note(IEnumerable<KeyValuePair<int, long>> heads)
    {
        foreach (var (tenant, head) in heads)
            _hints.AddOrUpdate(tenant, _ => new LogHint(head, 0), (_, known) => known with { Head = Math.Max(known.Head, head) });
    }

    public void Set()
    {
        Interlocked.Increment(ref _unknown);
        Pulse();
    }

    private void Pulse() => Interlocked.Exchange(ref _next, New()).TrySetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <param name="Head">The furthest position told of; the log may reach further.</param>
/// <param name="Marks">Grows with each hint that does not say how far.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LogHint(long Head, long Marks);

/// <summary>Turns NOTIFY of every node into this node's wake-up: the schema's name, and `tenant:head` of each log that has grown.</summary>
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
                    var said = notification.Payload.Split(' ');
                    if (said[0] != schema)
                        return;

                    if (said.Length == 1)
                        wake.Set();
                    else
                        wake.Set(said.Skip(1).Select(Head));
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

    private static KeyValuePair<int, long> Head(string pair)
    {
        var between = pair.IndexOf(':', StringComparison.Ordinal);
        return new(int.Parse(pair.AsSpan(0, between), CultureInfo.InvariantCulture), long.Parse(pair.AsSpan(between + 1), CultureInfo.InvariantCulture));
    }
}
