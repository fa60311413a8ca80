using Vkp.Adapters;
using Vkp.Adapters.Errors;
using Vkp.Hub.Delivery;
using Vkp.Hub.Registry;

namespace Vkp.Hub.LookUps;

/// <summary>Puts a question to a municipality's journal system. Nothing is judged of the question, and nothing of the answer: that is its askers' work.</summary>
public sealed class JournalQuestions(IReadOnlyDictionary<string, IEpjAdapter> adapters, EpjChannel channel, Func<string, string?> environment, TimeProvider time)
{
    /// <summary>The first journal system that has such an interface answers; a municipality has one for its patients' journals.</summary>
    /// <param name="patience">How long the asker waits in all.</param>
    public async Task<(LookUpOutcome.Found? Outcome, VkpError? Error)> AskAsync(RegistryState municipality, LookUp query, TimeSpan patience, CancellationToken ct)
    {
        foreach (var destination in municipality.Destinations.Values.Where(d => !d.IsPulled))
        {
            if (!adapters.TryGetValue(destination.Adapter, out var adapter)) continue;
            if (destination.Paused) return (null, Errors.DestinationPaused(destination.Name));

            using var limit = new CancellationTokenSource(patience, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
            try
            {
                var asked = query with { Settings = DestinationSettings.Resolve(destination.Settings, environment) };
                switch (await adapter.LookUpAsync(asked, channel.To(municipality.Tenant, destination, environment), both.Token))
                {
                    case LookUpOutcome.Found found:
                        return (found, null);
                    case LookUpOutcome.Failed failed:
                        return (null, failed.Error);
                }
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
            {
                return (null, LookUpErrors.TimedOut());
            }
        }

        return (null, Errors.LookUpNotOffered(query.ResourceType));
    }
}
