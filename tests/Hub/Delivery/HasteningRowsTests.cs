using Npgsql;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>The same word where no process has the deliveries in memory: rows of every state, the destination paused so that they stand still.</summary>
public class HasteningRowsTests
{
    private static readonly string[] Given =
    [
        "state = 'retryable', due_at = now() + interval '2 hours'",
        "state = 'retryable', due_at = now() - interval '1 minute'",
        "state = 'unknown', due_at = now() + interval '2 hours'",
        "state = 'unknown', due_at = now() + interval '1 second'",
        "state = 'unknown', due_at = 'infinity', parked = true",
        "state = 'running', started_at = now(), due_at = now() + interval '20 seconds'",
        "state = 'refused', code = 'VKP-504', parked = true, finished_at = now(), due_at = now() + interval '1 hour'",
        "state = 'journaled', finished_at = now(), due_at = now() + interval '1 hour'",
        "state = 'accepted', due_at = now() + interval '1 hour'",
        "state = 'retryable', pulled = true, due_at = now() + interval '1 hour'",
    ];

    [Fact]
    public async Task Only_what_waits_for_its_next_try_is_due_earlier_and_what_is_in_doubt_not_before_it_may_be_asked_for()
    {
        await using var hub = await TestHub.StartAsync();
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        using (await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/pause?reason=test"))
        {
        }

        foreach (var _ in Given)
        {
            using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
            Assert.True(posted.IsSuccessStatusCode);
        }

        await hub.UntilAsync(s => s.Open == Given.Length);
        await hub.RoutedAsync();
        await hub.StopAsync();
        await using var rows = superuser.CreateCommand($"select state, due_at from \"{hub.Database.Schema}\".delivery order by position");
        await using (var positions = superuser.CreateCommand($"select array_agg(position order by position) from \"{hub.Database.Schema}\".delivery"))
        {
            foreach (var (position, state) in ((long[])(await positions.ExecuteScalarAsync())!).Zip(Given))
            {
                await using var give = superuser.CreateCommand($"update \"{hub.Database.Schema}\".delivery set {state} where position = {position}");
                Assert.Equal(1, await give.ExecuteNonQueryAsync());
            }
        }

        var before = await ReadAsync(rows);
        await hub.RestartAsync();
        var pressed = TimeProvider.System.GetUtcNow();
        using var answer = await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/hasten?apply=true");
        var after = await ReadAsync(rows);
        var answered = TimeProvider.System.GetUtcNow();

        Assert.Contains("\"waiting\":2", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.InRange(after[0].DueAt, pressed.AddSeconds(-1), answered.AddSeconds(1));
        Assert.InRange(after[2].DueAt, pressed + Limits.AskAfter - TimeSpan.FromSeconds(1), answered + Limits.AskAfter + TimeSpan.FromSeconds(1));
        Assert.Equal(before.Where((_, i) => i is not (0 or 2)), after.Where((_, i) => i is not (0 or 2)));
        Assert.Equal(before.Select(row => row.State), after.Select(row => row.State));
    }

    private static async Task<List<(string State, DateTimeOffset DueAt)>> ReadAsync(NpgsqlCommand command)
    {
        var rows = new List<(string, DateTimeOffset)>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync()) rows.Add((reader.GetString(0), reader.GetFieldValue<DateTimeOffset>(1)));
        return rows;
    }
}
