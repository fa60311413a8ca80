using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.DeadLetters;

namespace Vkp.Hub.Tests.DeadLetters;

/// <summary>What an act says of a message that has other deliveries.</summary>
public sealed class DeadLetterStoreTests
{
    private const int Tenant = 888134574;

    private static readonly DateTimeOffset Now = new(2026, 5, 11, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_deliveries_in_one_page_the_second_is_told_what_became_of_the_first()
    {
        await using var database = await HubDatabase.CreateAsync(Ct);
        await InsertAsync(database, ("epj", "unknown", null), ("response-centre", "unknown", null));

        var told = await WithdrawAsync(database, _ => Task.CompletedTask);

        Assert.Equal([("epj", new Elsewhere(1, 0, null)), ("response-centre", Elsewhere.Nowhere)], told);
    }

    [Fact]
    public async Task A_refusal_elsewhere_is_told_with_its_code_and_a_note_elsewhere_is_counted()
    {
        await using var database = await HubDatabase.CreateAsync(Ct);
        await InsertAsync(database, ("epj", "unknown", null), ("municipal-doctor", "journaled", null), ("response-centre", "refused", "VKP-504"));

        var told = await WithdrawAsync(database, _ => Task.CompletedTask);

        Assert.Equal([("epj", new Elsewhere(0, 1, "VKP-504")), ("response-centre", new Elsewhere(0, 1, null))], told);
    }

    [Fact]
    public async Task What_another_destination_journals_while_the_act_is_decided_is_seen_before_the_act_is_said_to_be_done()
    {
        await using var database = await HubDatabase.CreateAsync(Ct);
        await InsertAsync(database, ("epj", "refused", "VKP-504"), ("response-centre", "accepted", null));
        var isFirst = true;

        var told = await WithdrawAsync(database, async _ =>
        {
            if (!isFirst) return;
            isFirst = false;
            await ExecuteAsync(database, $"update {database.Schema}.delivery set state = 'journaled', finished_at = clock_timestamp() where destination = 'response-centre'");
        });

        Assert.Equal([("epj", new Elsewhere(1, 0, null)), ("epj", new Elsewhere(0, 1, null))], told);
    }

    /// <summary>Everything each decision was told, those of pages that were done again too.</summary>
    private static async Task<List<(string Destination, Elsewhere Elsewhere)>> WithdrawAsync(HubDatabase database, Func<DeadLetter, Task> meanwhile)
    {
        await using var log = new EventLog(database.App);
        var told = new List<(string, Elsewhere)>();
        await new DeadLetterStore(database.App, log).ActAsync(
            new Selection(Tenant, null, null, null), ["refused", "unknown"], 0, 200,
            async (letter, _) =>
            {
                told.Add((letter.Destination, letter.Elsewhere));
                await meanwhile(letter);
                var fact = new NewEvent(Guid.NewGuid(), MessageEvents.Withdrawn, "{}", ReadOnlyMemory<byte>.Empty);
                return (ActRules.Apply(DeadLetterAct.Withdraw, letter, Now), [new AppendRequest(Tenant, StreamName.Parse(letter.Stream), [fact])]);
            },
            Ct);
        return told;
    }

    private static async Task InsertAsync(HubDatabase database, params (string Destination, string State, string? Code)[] deliveries)
    {
        var message = Guid.NewGuid();
        foreach (var (destination, state, code) in deliveries)
        {
            await ExecuteAsync(database, $"""
                insert into {database.Schema}.delivery (tenant, position, destination, message_id, bundle_id, stream, lane, covers, state, due_at, finished_at, code, parked)
                values ({Tenant}, 1, '{destination}', '{message}', gen_random_uuid(), 'patient-1', 1, array[1], '{state}', clock_timestamp(),
                  {(state is "journaled" or "refused" ? "clock_timestamp()" : "null")}, {(code is null ? "null" : $"'{code}'")}, {(state is "refused" or "unknown" ? "true" : "false")})
                """);
        }
    }

    private static async Task ExecuteAsync(HubDatabase database, string sql)
    {
        await using var connection = await database.App.OpenConnectionAsync(Ct);
        await using var transaction = await Database.BeginAsync(connection, [Tenant], Ct);
        await using (var command = new NpgsqlCommand(sql, connection, transaction)) await command.ExecuteNonQueryAsync(Ct);
        await transaction.CommitAsync(Ct);
    }
}
