using Npgsql;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

/// <summary>A store that cannot write takes what its queue holds, says no to the rest with a hint, and loses none of either.</summary>
public sealed class BackPressureTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_queue_answers_busy_with_a_hint_and_everything_that_was_let_in_is_stored_once()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        await store.Log.AppendAsync(Request(Oslo, Patient(), "first"), Ct);
        var requests = Enumerable.Range(0, StoreLimits.QueueEventsMax / StoreLimits.RequestEventsMax + 2)
            .Select(n => new AppendRequest(Oslo, Patient($"{n}"), [.. Enumerable.Range(0, StoreLimits.RequestEventsMax).Select(i => Event($"{n}/{i}"))], Dedup: Key($"{n}")))
            .ToList();

        var sent = new List<(AppendRequest Request, Task<AppendResult> Result)>();
        await using (var holder = await store.Owner.OpenConnectionAsync(Ct))
        await using (var held = await EventStore.Database.BeginAsync(holder, [Oslo], Ct))
        {
            await using (var hold = new NpgsqlCommand("select 1 from log_head where tenant = 958935420 for update", holder, held))
                await hold.ExecuteNonQueryAsync(Ct);

            foreach (var request in requests)
                sent.Add((request, store.Log.AppendAsync(request, Ct)));
        }

        var refused = new List<AppendRequest>();
        foreach (var (request, result) in sent)
        {
            try
            {
                Assert.IsType<AppendResult.Appended>(await result);
            }
            catch (StoreException busy)
            {
                Assert.Equal(("VKP-303", TimeSpan.FromSeconds(1)), (busy.Code, busy.RetryAfter));
                refused.Add(request);
            }
        }

        Assert.Equal(2, refused.Count);
        Assert.Equal(1L + StoreLimits.QueueEventsMax, await store.Log.HeadAsync(Oslo, Ct));

        // As the hint says: later it is taken, and nothing of the first try is in the way.
        foreach (var request in refused)
            Assert.IsType<AppendResult.Appended>(await store.Log.AppendAsync(request, Ct));

        Assert.Equal(1L + (requests.Count * StoreLimits.RequestEventsMax), await store.ScalarAsync<long>("select count(distinct id) from event"));
    }
}
