using Vkp.Adapters;
using Vkp.Hub.Delivery;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>
/// One effect at receivers of class A and B, and never a silent double at class C, whatever dies when: real rows, real EPJs, and nodes that die before the call,
/// after it, and between answer and settling.
/// </summary>
public class ReceiverClassTests
{
    private static int Tenant => DeliveryBench.Tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private const int Messages = 5;

    public static TheoryData<string> Kinds => [.. EpjKind.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Whatever_dies_when_there_is_no_silent_double_and_nothing_is_lost(string kind)
    {
        await using var at = await DeliveryBench.StartAsync(kind, Messages);
        var dice = new Random(20261121);
        var called = new HashSet<long>();
        for (var crash = 0; crash < 3 * Messages; crash++) await DieAsync(at, dice.Next(Messages), dice.Next(4), called);
        at.Epj.SetFaults();

        var (journaled, waiting) = await RunToEndAsync(at);

        Assert.Equal(Messages, journaled + waiting);
        Assert.All(at.Epj.Counters.Messages, message => Assert.True(message.Journaled <= 1, $"{message}"));
        if (EpjCatalog.Find(kind)!.ReceiverClass == ReceiverClass.Neither) Assert.Equal(called.Count, waiting);
        else Assert.Equal((Messages, Messages), (journaled, at.Epj.Journal.Count));
    }

    [Fact]
    public async Task What_waits_is_loaded_lane_by_lane_from_where_each_has_come_to()
    {
        await using var at = await DeliveryBench.StartAsync("fhir-messaging", messages: 3);
        var (node, _) = await at.NodeAsync();

        var first = await node.LoadPendingAsync(Tenant, [new("epj", Lane.Routine, 0), new("epj", Lane.Alarm, 0), new("elsewhere", Lane.Routine, 0)], 2, Ct);
        var rest = await node.LoadPendingAsync(Tenant, [new("epj", Lane.Routine, first[^1].Position)], 2, Ct);

        Assert.Equal(2, first.Count);
        Assert.Equal(["epj"], await node.WaitingDestinationsAsync(Tenant, Ct));
        Assert.Equal(3, first.Concat(rest).Select(r => r.Position).Distinct().Count());
        Assert.All(first.Concat(rest), row => Assert.Equal(Lane.Routine, row.Lane));
    }

    [Fact]
    public async Task A_node_that_lost_its_lease_may_not_begin_a_call()
    {
        await using var at = await DeliveryBench.StartAsync("gerica-style", messages: 1);
        var (old, under) = await at.NodeAsync();
        var row = Assert.Single(await DeliveryBench.PendingAsync(old, 10));
        await old.ReleaseAsync([Tenant], [], Ct);
        await at.NodeAsync();

        Assert.False(await old.MarkStartedAsync(row, under.Epoch, Ct));
    }

    [Fact]
    public async Task What_was_begun_is_seen_by_the_next_owner_and_not_due_before_the_call_must_be_over()
    {
        await using var at = await DeliveryBench.StartAsync("profil-style", messages: 1);
        var (old, under) = await at.NodeAsync();
        var row = Assert.Single(await DeliveryBench.PendingAsync(old, 10));
        var marked = TimeProvider.System.GetUtcNow();
        Assert.True(await old.MarkStartedAsync(row, under.Epoch, Ct));
        await old.ReleaseAsync([Tenant], [], Ct);

        var (next, _) = await at.NodeAsync();
        var begun = Assert.Single(await DeliveryBench.PendingAsync(next, 10));

        Assert.True(begun.IsInDoubt);
        Assert.True(begun.DueAt > marked + Limits.DeliveryTimeout - TimeSpan.FromSeconds(2));
    }

    /// <param name="called">Gets the delivery whose call was begun.</param>
    /// <param name="which">Which of the open deliveries is worked on.</param>
    /// <param name="when">0 after the mark, 1 after a call whose answer is lost, 2 after a proper answer, 3 after a busy answer, all before settling.</param>
    private static async Task DieAsync(DeliveryBench at, int which, int when, HashSet<long> called)
    {
        var (node, under) = await at.NodeAsync();
        var row = (await DeliveryBench.PendingAsync(node, Messages))[which];
        called.Add(row.Position);
        at.Epj.SetFaults(when switch
        {
            1 => [new FaultRule { Kind = FaultKind.Drop, Stage = FaultStage.AfterJournaling }],
            3 => [new FaultRule { Kind = FaultKind.Status, Status = 503 }],
            _ => [],
        });
        var kind = (await at.RegistryAsync()).Destinations["epj"].Adapter;
        if (when == 0 && EpjCatalog.Find(kind)!.ReceiverClass != ReceiverClass.Deduplicates) await node.MarkStartedAsync(row, under.Epoch, Ct);
        else await at.Attempt(node).MakeAsync(row, under, Ct);

        // A dead node's lease runs out; giving it back is that, without the wait.
        await node.ReleaseAsync([Tenant], [], Ct);
    }

    /// <summary>A healthy node does what is left, whenever it is due; how many are journaled, and how many wait for a person.</summary>
    private static async Task<(int Journaled, int Waiting)> RunToEndAsync(DeliveryBench at)
    {
        var (node, under) = await at.NodeAsync();
        for (var round = 0; round < 5; round++)
        {
            foreach (var row in await DeliveryBench.PendingAsync(node, Messages))
            {
                if (row.DueAt == DateTimeOffset.MaxValue) continue;
                var settlement = await at.Attempt(node).MakeAsync(row, under, Ct);
                await DeliveryBench.SettleAsync(node, settlement!);
            }
        }

        var left = await DeliveryBench.PendingAsync(node, Messages);
        Assert.All(left, row => Assert.Equal(("unknown", DateTimeOffset.MaxValue), (row.State, row.DueAt)));
        return (Messages - left.Count, left.Count);
    }
}
