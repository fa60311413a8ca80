using Microsoft.Extensions.Logging;
using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Acknowledgement;
using Vkp.Hub.Delivery;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Queues;

/// <summary>
/// Fetches the answers of journal systems from the hub's queue in each destination's place. Every node looks; an answer is taken by one. A place that does not
/// answer keeps nobody else waiting.
/// </summary>
public sealed class QueueAnswers(
    EventLog store,
    MunicipalityRegistry registry,
    Acknowledgements acknowledgements,
    DeliveryEngine engine,
    IReadOnlyDictionary<string, IQueueTransport> transports,
    Func<string, string?> environment,
    TimeProvider time,
    ILogger<QueueAnswers> log)
{
    private readonly Dictionary<DestinationKey, Task> looks = [];

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await LookOrWaitAsync(ct);
                await Task.Delay(Limits.AnswerLookInterval, time, ct);
            }
        }
        finally
        {
            // None may outlive the connections it uses. What one failed with is no news to a hub that stops.
            await Task.WhenAll(looks.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookOrWaitAsync(CancellationToken ct)
    {
        try
        {
            await LookAsync(ct);
        }
        catch (Exception away) when (away is NpgsqlException or StoreException or TimeoutException)
        {
            log.LogWarning("Looking for answers waits for the database: {Reason}", away.Message);
        }
    }

    /// <summary>Looks once at every place that is not being looked at already.</summary>
    private async Task LookAsync(CancellationToken ct)
    {
        foreach (var tenant in await store.TenantsAsync(ct))
        {
            var municipality = await registry.CurrentAsync(tenant, ct);
            foreach (var destination in municipality.Destinations.Values.Where(d => d.IsQueued))
            {
                var key = new DestinationKey(tenant, destination.Name);
                if (looks.TryGetValue(key, out var look))
                {
                    if (!look.IsCompleted) continue;
                    // What a look fails with is a fault of the hub, and this room's.
                    await look;
                }

                looks[key] = LookAtAsync(QueuePlace.Of(tenant, destination, environment), destination.Adapter, ct);
            }
        }
    }

    private async Task LookAtAsync(QueuePlace place, string adapter, CancellationToken ct)
    {
        var look = await transports[adapter].TakeAnswersAsync(place, (answer, cancel) => HandleAsync(place, answer, cancel), ct);
        if (look.Problem is { } problem) log.LogDebug("No look at the answers of '{Owner}': {Problem}", place.Owner, problem);
    }

    private async Task<AnswerVerdict> HandleAsync(QueuePlace place, QueuedAnswer queued, CancellationToken ct)
    {
        var (answer, unreadable) = AnswerMessage.Read(queued);
        if (answer is null) return Unusable(place, unreadable!);
        try
        {
            // Whose queue it stood in says which destination answers: the place belongs to one.
            var problem = await acknowledgements.AnswerAsync(place.Tenant, place.Destination, answer.MessageId, answer.Rejection, ct, answer.DeliveryId);
            if (problem is not null) return Unusable(place, problem);
            engine.SignalChange();
            return new AnswerVerdict.Done();
        }
        catch (Exception away) when (away is NpgsqlException or StoreException or TimeoutException)
        {
            log.LogWarning("An answer waits for the database: {Reason}", away.Message);
            return new AnswerVerdict.Later();
        }
    }

    private AnswerVerdict.Unusable Unusable(QueuePlace place, Adapters.VkpError error)
    {
        log.LogError("An answer of '{Owner}' is put into its error queue: {Error}", place.Owner, error);
        return new AnswerVerdict.Unusable(error);
    }
}
