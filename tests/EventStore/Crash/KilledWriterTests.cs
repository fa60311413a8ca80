using Vkp.EventStore.Audit;
using static Vkp.EventStore.Tests.StoreFixture;

namespace Vkp.EventStore.Tests.Crash;

/// <summary>The process that appends is killed (-9) under load, again and again; what its callers saw is held against what is stored.</summary>
public sealed class KilledWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>VKP_TEST_CRASHES asks for more rounds than the 4 of every run.</summary>
    [Fact]
    public async Task What_a_killed_process_had_acknowledged_is_stored_once_and_what_it_had_not_can_be_sent_again()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("VKP_TEST_CRASHES"), out var asked) ? asked : 4;
        await using var store = await StoreFixture.CreateAsync(Ct);
        var random = new Random(Environment.TickCount);
        var (sent, acknowledged) = (new HashSet<string>(), new HashSet<string>());
        for (var round = 0; round < rounds; round++)
        {
            var history = await Writer.KillAfterAsync(store.AppConnectionString, $"{round}", random.Next(20, 400), Ct);
            sent.UnionWith(history.Sent);
            acknowledged.UnionWith(history.Acknowledged);

            // As vendors do: what got no answer is sent again, by the next process, under the same key.
            foreach (var unanswered in history.Sent.Except(history.Acknowledged))
                Assert.True(await store.Log.AppendAsync(Writer.RequestOf(unanswered), Ct) is AppendResult.Appended or AppendResult.Duplicate);
        }

        var log = await LogAsync(store);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(i => (long)i), log.Select(e => e.Position));
        Assert.Equal(log.Count, log.Select(Text).Distinct().Count());
        Assert.NotEmpty(acknowledged);
        Assert.Equal(sent.Order(StringComparer.Ordinal), log.Select(Text).Order(StringComparer.Ordinal));
        Assert.Null((await new LogAudit(store.App).VerifyAsync(Oslo, [], Ct)).FirstBreak);
    }

    private static async Task<IReadOnlyList<RecordedEvent>> LogAsync(StoreFixture store)
    {
        var log = new List<RecordedEvent>();
        while (await store.Log.ReadLogAsync(Oslo, log.Count, 1000, Ct) is { Count: > 0 } page)
            log.AddRange(page);

        return log;
    }
}
