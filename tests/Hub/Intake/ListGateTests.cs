using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Intake;
using Vkp.Hub.Registry;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Intake;

public class ListGateTests
{
    private const int Oslo = 958935420;
    private const int Bergen = 964338531;

    [Fact]
    public async Task A_few_lists_of_a_municipality_are_in_at_once_the_others_come_in_turn_and_no_other_municipality_waits()
    {
        var gate = new ListGate();
        var ends = Enumerable.Range(0, Limits.ListsAtOnceMax + 2).Select(_ => new TaskCompletionSource()).ToList();
        var began = new List<int>();
        var lists = ends.Select((end, number) => gate.EnterAsync(Oslo, 100, async () =>
        {
            lock (began) began.Add(number);
            await end.Task;
            return number;
        })).ToList();
        Assert.Equal(Enumerable.Range(0, Limits.ListsAtOnceMax), began);

        Assert.Equal("bergen", await gate.EnterAsync(Bergen, 100, () => Task.FromResult("bergen")));
        ends[1].SetResult();
        await lists[1];
        ends[Limits.ListsAtOnceMax].SetResult();
        await lists[Limits.ListsAtOnceMax];
        ends.ForEach(end => end.TrySetResult());
        await Task.WhenAll(lists);

        Assert.Equal(Enumerable.Range(0, ends.Count), began);
    }

    [Fact]
    public async Task More_than_is_kept_waiting_is_told_to_come_again_and_a_list_that_fails_leaves_its_place()
    {
        var gate = new ListGate();
        var end = new TaskCompletionSource<bool>();
        var within = Enumerable.Range(0, Limits.ListsAtOnceMax).Select(_ => gate.EnterAsync(Oslo, Limits.ListBytesWaitingMax + 1, () => end.Task)).ToList();
        var waits = gate.EnterAsync(Oslo, Limits.ListBytesWaitingMax, () => Task.FromResult(true));

        var busy = await Assert.ThrowsAsync<StoreException>(() => gate.EnterAsync(Oslo, 1, () => Task.FromResult(true)));

        Assert.Equal("VKP-303", busy.Code);
        Assert.False(waits.IsCompleted);
        end.SetException(new InvalidOperationException("a bug"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(within));
        Assert.True(await waits);
        Assert.True(await gate.EnterAsync(Oslo, 1, () => Task.FromResult(true)));
    }

    [Fact]
    public async Task An_event_that_comes_alone_is_read_while_lists_are_waiting()
    {
        var adapter = new SlowReader();
        // What cannot be read comes to none of the rooms behind.
        var intake = new EventIntake(null!, null!, null!, null!, null!, HubEnvironment.Test, TimeProvider.System);
        var sender = new Sender(RegistryState.Empty(Oslo), new VendorClient("client", "slow", "Slow_Test"));
        var lists = new List<Task>();
        try
        {
            for (var i = 0; i < Limits.ListsAtOnceMax + 2; i++)
            {
                lists.Add(Task.Factory.StartNew(() => intake.TakeAsync(sender, adapter, ["list"u8.ToArray(), "list"u8.ToArray()], default), default, TaskCreationOptions.LongRunning, TaskScheduler.Default));
                if (i < Limits.ListsAtOnceMax) await adapter.Begun.UntilAsync(begun => begun == i + 1);
                // It waits for its turn and holds no processor.
                else await lists[i].WaitAsync(Asking.Patience);
            }

            Assert.IsType<IntakeAnswer.Refused>(Assert.Single(await intake.TakeAsync(sender, adapter, ["alone"u8.ToArray()], default)));
            Assert.Equal(Limits.ListsAtOnceMax, adapter.Begun.Reported.Count);
        }
        finally
        {
            adapter.End.Set();
        }

        await adapter.Begun.UntilAsync(begun => begun == 2 * lists.Count);
    }

    /// <summary>Reads nothing, and nothing of a list before it is told to.</summary>
    private sealed class SlowReader : IVendorAdapter
    {
        private int lists;

        public AdapterInfo Info { get; } = new("slow", 1, 0);

        public IReadOnlyList<VendorEventKind> Kinds => [];

        public TestSignal<int> Begun { get; } = new();

        public ManualResetEventSlim End { get; } = new();

        public Translation Translate(VendorPayload payload)
        {
            if (!payload.Bytes.Span.SequenceEqual("alone"u8))
            {
                Begun.Report(Interlocked.Increment(ref lists));
                End.Wait();
            }

            return new Translation.Rejected([Errors.EmptyBody()]);
        }
    }
}
