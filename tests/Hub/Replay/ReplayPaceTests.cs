using System.Text;
using Npgsql;
using Vkp.Adapters;
using Vkp.Hub.Replay;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Sandbox;

namespace Vkp.Hub.Tests.Replay;

/// <summary>What a replay takes of a hub at work: so many messages a second by the clock, and a page at a time however long the log.</summary>
public sealed class ReplayPaceTests : IDisposable
{
    private const string WritePage = "update replay\nset position";
    private const string FlushLater = "set local synchronous_commit = off";

    private readonly string folder = Directory.CreateTempSubdirectory("vkp-replay-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_replay_keeps_its_rate_to_the_message_however_often_it_is_looked_at()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 12);
        await hub.StopAsync();
        var clock = new StillClock();
        await using var bench = new ReplayBench(hub, VendorCatalog.All, folder, clock: clock);
        var id = await bench.StartAsync(new ReplayRequest(TestHub.OrgNo, Purpose: "revisjon", Rate: 4));

        var taken = new List<long>();
        for (var tick = 0; tick <= 60; tick++)
        {
            // Until it rests: pages without a message cost none of its rate.
            TimeSpan rest;
            do rest = await bench.Engine.RunOnceAsync(default);
            while (rest <= TimeSpan.Zero);
            taken.Add((await bench.StatusAsync(id)).Messages);
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }

        // One at once, and one for each quarter of a second that has passed.
        Assert.Equal(Enumerable.Range(0, 61).Select(tick => Math.Min(12L, 1 + (tick / 5))), taken);
        Assert.Equal(ReplayStates.Completed, (await bench.StatusAsync(id)).State);
    }

    [Fact]
    public async Task What_a_replay_asks_for_at_once_and_what_it_keeps_is_the_same_for_a_short_log_and_a_long_one()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 8);
        await hub.StopAsync();
        var (ofShort, keptOfShort) = await MeasuredAsync(hub, messages: 8);
        await hub.RestartAsync();
        await PostAsync(hub, 32);
        await hub.StopAsync();

        var (ofLong, keptOfLong) = await MeasuredAsync(hub, messages: 40);

        Assert.Equal(ofShort, ofLong);
        // A digit more in each of a handful of counts, and the examples and the digest no longer.
        Assert.InRange(keptOfLong - keptOfShort, 0, 10);
    }

    [Fact]
    public async Task What_a_replay_comes_to_does_not_depend_on_its_pace()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 25);
        await hub.StopAsync();
        await using var bench = new ReplayBench(hub, VendorCatalog.All, folder);

        var paced = await bench.FinishAsync(await bench.StartAsync(new ReplayRequest(TestHub.OrgNo, Purpose: "revisjon", Rate: 2000)));
        var unpaced = await bench.FinishAsync(await bench.StartAsync(new ReplayRequest(TestHub.OrgNo, Purpose: "revisjon", Rate: 0)));

        Assert.Equal(unpaced.Report, paced.Report);
        Assert.Contains("\"messages\":25", paced.Report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_only_looks_does_not_have_live_posts_wait_for_its_flush_and_the_last_one_is_on_disk()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 12);
        await hub.StopAsync();
        var clock = new StillClock();
        await using var watched = new WatchedStatements(hub);
        await using var bench = new ReplayBench(hub, VendorCatalog.All, folder, database: watched.Database, clock: clock);
        var id = await bench.StartAsync(new ReplayRequest(TestHub.OrgNo, Purpose: "revisjon", Rate: 80));
        watched.Begin();
        for (; (await bench.StatusAsync(id)).State == ReplayStates.Running; clock.Advance(TimeSpan.FromHours(1))) await bench.Engine.RunOnceAsync(default);

        var (pages, later) = (watched.Count(WritePage), watched.Count(FlushLater));
        Assert.True(pages > 2, $"{pages} pages");
        Assert.Equal(pages - 1, later);
    }

    [Fact]
    public async Task A_page_that_sends_is_on_disk_before_anybody_is_told()
    {
        await using var hub = await TestHub.StartAsync();
        await PostAsync(hub, 4);
        await hub.StopAsync();
        await using var watched = new WatchedStatements(hub);
        await using var bench = new ReplayBench(hub, VendorCatalog.All, folder, database: watched.Database);
        await bench.StartAsync(new ReplayRequest(TestHub.OrgNo, Purpose: "journalen er satt tilbake", Rate: 0, As: ReplayKinds.Resend));
        watched.Begin();

        await bench.Engine.RunOnceAsync(default);

        Assert.Equal((1, 1, 0), (watched.Count("update delivery"), watched.Count(WritePage), watched.Count(FlushLater)));
    }

    /// <summary>The largest list that any statement of a whole replay carried, for each statement, and the length of what it came to.</summary>
    private async Task<(IReadOnlyDictionary<string, int> Statements, int Kept)> MeasuredAsync(TestHub hub, int messages)
    {
        const int Page = 4;
        var clock = new StillClock();
        await using var watched = new WatchedStatements(hub);
        await using var bench = new ReplayBench(hub, VendorCatalog.All, folder, database: watched.Database, clock: clock);
        var id = await bench.StartAsync(new ReplayRequest(TestHub.OrgNo, State: "journaled", Purpose: "revisjon", Rate: 4 * Page));
        watched.Begin();
        for (var seen = 0L; (await bench.StatusAsync(id)).State == ReplayStates.Running; clock.Advance(TimeSpan.FromHours(1)))
        {
            await bench.Engine.RunOnceAsync(default);
            var now = (await bench.StatusAsync(id)).Messages;
            Assert.InRange(now - seen, 0, Page);
            seen = now;
        }

        Assert.Equal(messages, (await bench.StatusAsync(id)).Messages);
        Assert.NotEmpty(watched.LargestLists);
        Assert.All(watched.LargestLists, statement => Assert.InRange(statement.Value, 0, Page));
        return (watched.LargestLists, (await bench.ReportAsync(id)).Report.Length);
    }

    private static async Task PostAsync(TestHub hub, int count)
    {
        var journaled = (await hub.StatusAsync()).Journaled;
        // In one append, so that they stand side by side in the log and fill pages, wherever those begin.
        var events = Enumerable.Range(0, count).Select(_ => Encoding.UTF8.GetString(TestHub.Event("dose.dispensed").Body.Span));
        using (var posted = await hub.PostAsync(Encoding.UTF8.GetBytes($"[{string.Join(',', events)}]")))
            Assert.True(posted.IsSuccessStatusCode);


        await hub.UntilAsync(s => s.Journaled == journaled + count);
    }
}
