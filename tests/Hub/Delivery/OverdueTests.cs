using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Delivery;
using Vkp.Hub.Tests.Sandbox;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>What journal systems owe an answer is counted to a bound and told to a smaller one, and says so.</summary>
public sealed class OverdueTests
{
    private const int Tenant = 888134574;
    private const int Other = 888134575;

    private static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_wait_has_its_own_time_and_alarms_are_told_first()
    {
        await using var database = await HubDatabase.CreateAsync(Ct);
        await AddAsync(database, Tenant, 1, 2, "untaken for two hours", "available", pulled: false, minutes: 120);
        await AddAsync(database, Tenant, 2, 2, "untaken for half an hour", "available", pulled: false, minutes: 30);
        await AddAsync(database, Tenant, 3, 2, "failing for two hours", "retryable", pulled: false, minutes: 120);
        await AddAsync(database, Tenant, 4, 2, "unread for two hours", "available", pulled: true, minutes: 120);
        await AddAsync(database, Tenant, 5, 2, "unanswered for two days", "accepted", pulled: false, minutes: 2 * 1440, takenMinutes: 2 * 1440);
        await AddAsync(database, Tenant, 6, 2, "unanswered for two hours", "accepted", pulled: false, minutes: 120, takenMinutes: 120);
        await AddAsync(database, Tenant, 7, 2, "read two days ago", "read", pulled: true, minutes: 2 * 1440, takenMinutes: 2 * 1440);
        await AddAsync(database, Tenant, 8, 2, "read two hours ago", "read", pulled: true, minutes: 120, takenMinutes: 120);
        await AddAsync(database, Tenant, 9, 0, "alarm untaken for two hours", "available", pulled: false, minutes: 120);
        await AddAsync(database, Other, 10, 0, "somebody else's", "available", pulled: false, minutes: 120);

        var overdue = await new Overdue(database.App, new SetClock(Now)).OfAsync(Tenant, Ct);

        Assert.Equal(
            ["alarm untaken for two hours", "untaken for two hours", "failing for two hours", "unread for two hours", "unanswered for two days", "read two days ago"],
            overdue.First.Select(d => d.Kind));
        Assert.Equal(["untaken", "untaken", "untaken", "untaken", "unanswered", "unanswered"], overdue.First.Select(d => d.Waits));
        Assert.Equal((6, false), (overdue.Count, overdue.More));
    }

    [Fact]
    public async Task Many_that_wait_for_an_answer_hide_none_that_nobody_has_fetched()
    {
        await using var database = await HubDatabase.CreateAsync(Ct);
        await AddAsync(database, Tenant, 1, 2, "read two hours ago", "read", pulled: true, minutes: 180, takenMinutes: 120, count: Limits.OverdueCountedMax + 1);
        await AddAsync(database, Tenant, Limits.OverdueCountedMax + 10, 2, "unread", "available", pulled: true, minutes: 120);

        var overdue = await new Overdue(database.App, new SetClock(Now)).OfAsync(Tenant, Ct);

        Assert.Equal("unread", Assert.Single(overdue.First).Kind);
        Assert.Equal((1, false), (overdue.Count, overdue.More));
    }

    [Fact]
    public async Task A_count_that_may_not_be_all_says_so()
    {
        await using var database = await HubDatabase.CreateAsync(Ct);
        await AddAsync(database, Tenant, 1, 2, "routine", "available", pulled: false, minutes: 180, count: Limits.OverdueCountedMax + 1);
        await AddAsync(database, Tenant, Limits.OverdueCountedMax + 10, 0, "alarm", "available", pulled: false, minutes: 120);

        var overdue = await new Overdue(database.App, new SetClock(Now)).OfAsync(Tenant, Ct);

        Assert.Equal((Limits.OverdueCountedMax + 1, true, Limits.OverdueToldMax), (overdue.Count, overdue.More, overdue.First.Count));
        Assert.Equal("alarm", overdue.First[0].Kind);
    }

    private static async Task AddAsync(
        HubDatabase database, int tenant, int position, int lane, string kind, string state, bool pulled, int minutes, int? takenMinutes = null, int count = 1)
    {
        await using var connection = await database.App.OpenConnectionAsync(Ct);
        await using var transaction = await Database.BeginAsync(connection, [tenant], Ct);
        await using var add = new NpgsqlCommand(
            """
            with added as (
              insert into message (tenant, message_id, position, stream, source, adapter, kind, lane, state, occurred_at, registered_at, repairs)
              select $1, gen_random_uuid(), n, 'patient-1', 'source', 'adapter', $4, 'Routine', 'registered', $7, $7, 0 from generate_series($2, $2 + $9 - 1) n
              returning message_id, position
            )
            insert into delivery (tenant, position, destination, message_id, bundle_id, stream, lane, covers, state, due_at, pulled, forwarded_at)
            select $1, position, 'epj', message_id, gen_random_uuid(), 'patient-1', $3, array[position], $5, $7, $6, $8 from added
            """,
            connection, transaction);
        add.Parameters.AddRange(new NpgsqlParameter[]
        {
            new() { Value = tenant }, new() { Value = position }, new() { Value = lane }, new() { Value = kind }, new() { Value = state }, new() { Value = pulled },
            new() { Value = Now.AddMinutes(-minutes) }, new() { Value = takenMinutes is { } taken ? Now.AddMinutes(-taken) : DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz }, new() { Value = count },
        });
        await add.ExecuteNonQueryAsync(Ct);
        await transaction.CommitAsync(Ct);
    }
}
