using System.Runtime.CompilerServices;
using Vkp.EventStore;
using Vkp.Hub.Canary;

namespace Vkp.Hub.Operations;

/// <summary>One fact as it happens, free of personal data.</summary>
public sealed record TailLine(
    DateTimeOffset At, string Municipality, long Position, string Event, Guid? MessageId, string? Source, string? Kind, string? Lane, string? Destination,
    DateTimeOffset? ForwardedAt, string? Reason, Guid? InDocumentOf);

/// <summary>The logs of municipalities, live, from now on.</summary>
public sealed class LogTail(EventLog store, TimeProvider time)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    /// <param name="allowed">The municipalities to tell of, asked for again and again.</param>
    public async IAsyncEnumerable<TailLine> FollowAsync(Func<CancellationToken, Task<IReadOnlyList<int>>> allowed, [EnumeratorCancellation] CancellationToken ct)
    {
        var positions = new Dictionary<int, long>();
        foreach (var tenant in await store.TenantsAsync(ct)) positions[tenant] = await store.HeadAsync(tenant, ct);
        while (!ct.IsCancellationRequested)
        {
            foreach (var tenant in await allowed(ct))
            {
                var read = await store.ReadLogAsync(tenant, positions.GetValueOrDefault(tenant), 500, ct);
                foreach (var recorded in read)
                {
                    positions[tenant] = recorded.Position;
                    if (recorded.Stream.Category is not ("registry" or Canaries.Category)) yield return Line(recorded);
                }
            }

            await Task.Delay(Poll, time, ct);
        }
    }

    private static TailLine Line(RecordedEvent recorded)
    {
        var m = EventMetadata.Parse(recorded.Metadata);
        return new TailLine(
            recorded.RecordedAt, recorded.Tenant.ToString("D9"), recorded.Position, recorded.Type, m.MessageId, m.Source, m.Kind, m.Lane?.ToString(), m.Destination,
            m.ForwardedAt, m.Code ?? m.SettleReason, m.InDocumentOf);
    }
}
