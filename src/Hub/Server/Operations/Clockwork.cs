using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.EventStore;

namespace Vkp.Hub.Operations;

/// <summary>
/// Runs what is due by the clock rather than by an event: each room looks for itself what is due and does it, in transactions of its own.
/// What is due is in tables, so a node that was away does it when it is back, and several nodes do it once.
/// </summary>
/// <param name="rooms">Each does at once all that is due, and is asked again a moment later.</param>
public sealed class Clockwork(IReadOnlyList<Func<CancellationToken, Task>> rooms, TimeProvider time, ILogger<Clockwork> log)
{
    public async Task RunAsync(CancellationToken ct)
    {
        while (true)
        {
            foreach (var room in rooms)
            {
                try
                {
                    await room(ct);
                }
                catch (Exception away) when (away is NpgsqlException or StoreException or TimeoutException)
                {
                    log.LogWarning("What is due waits for the database: {Reason}", away.Message);
                }
            }

            await Task.Delay(Limits.ClockworkInterval, time, ct);
        }
    }
}
