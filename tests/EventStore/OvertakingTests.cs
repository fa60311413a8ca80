using Npgsql;
using Vkp.TestSupport;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests;

/// <summary>Who goes first when lists and single events wait for the same log.</summary>
public sealed class OvertakingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Single_events_go_before_lists_that_came_first_in_the_order_they_came()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        Task<AppendResult>[] lists = [], singles = [];

        await WhileOneIsBeingStoredAsync(store, () =>
        {
            lists = [.. Enumerable.Range(0, 2).Select(n => store.Log.AppendAsync(List($"list-{n}"), Ct))];
            singles = [.. Enumerable.Range(0, 3).Select(n => store.Log.AppendAsync(Request(Oslo, Patient($"single-{n}")), Ct))];
        });

        Assert.Equal([2, 3, 4], await PositionsAsync(singles));
        Assert.Equal([5, 5 + StoreLimits.ListEventsMin], await PositionsAsync(lists));
    }

    [Fact]
    public async Task A_list_is_overtaken_by_so_many_and_no_more()
    {
        await using var store = await StoreFixture.CreateAsync(Ct);
        var list = Task.FromResult<AppendResult>(null!);
        Task<AppendResult>[] singles = [];

        await WhileOneIsBeingStoredAsync(store, () =>
        {
            list = store.Log.AppendAsync(List("list"), Ct);
            singles = [.. Enumerable.Range(0, 2 * StoreLimits.OvertakingMax).Select(n => store.Log.AppendAsync(Request(Oslo, Patient($"single-{n}")), Ct))];
        });

        var (place, others) = ((await PositionsAsync([list]))[0], await PositionsAsync(singles));
        Assert.InRange(others.Count(position => position < place), StoreLimits.OvertakingMax - 1, StoreLimits.OvertakingMax + 1);
        Assert.Equal(others.Order(), others);
    }

    /// <summary>What is appended meanwhile waits for a commit that is under way.</summary>
    private static async Task WhileOneIsBeingStoredAsync(StoreFixture store, Action append)
    {
        Task<AppendResult> first;
        await using (var holder = await store.Owner.OpenConnectionAsync(Ct))
        await using (var held = await EventStore.Database.BeginAsync(holder, [Oslo], Ct))
        {
            await using (var hold = new NpgsqlCommand("lock table event in exclusive mode", holder, held))
                await hold.ExecuteNonQueryAsync(Ct);

            first = store.Log.AppendAsync(Request(Oslo, Patient("first")), Ct);
            await Asking.UntilAsync(() => store.ScalarAsync<long>($"select count(*) from pg_locks where not granted and relation = '{store.Schema}.event'::regclass"), waiting => waiting == 1);
            append();
        }

        Assert.Equal(1, ((AppendResult.Appended)await first).FirstPosition);
    }

    private static AppendRequest List(string patient) => new(Oslo, Patient(patient), [.. Enumerable.Range(0, StoreLimits.ListEventsMin).Select(n => Event($"{patient}/{n}"))]);

    private static async Task<IReadOnlyList<long>> PositionsAsync(IEnumerable<Task<AppendResult>> results) =>
        [.. (await Task.WhenAll(results)).Select(result => ((AppendResult.Appended)result).FirstPosition)];
}
