using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using Vkp.EventStore;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Projections;

/// <summary>What is looked for every second or ten, or by a person who waits, is found without going through everything that waits for a journal system that is away.</summary>
public sealed partial class FewAmongManyTests
{
    private const int Tenant = 888134574;
    private const int Waiting = 20_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Projections/read-held", "int, int, bigint", "200, 0", 3)]
    [InlineData("Registry/count-waiting", "int, text[]", "'{source}'", 1)]
    [InlineData("Escalation/find-troubles", "int, int", "100", 4 + 2)]
    [InlineData("Replay/count-all", "int, text", "null", 1)]
    [InlineData("Delivery/read-overdue", "int, timestamptz, timestamptz, int, int", "'infinity', 'infinity', 200, 9", 9 + 1)]
    [InlineData("Trace/read-folded", "int, uuid[]", "array[md5('5')::uuid, md5('6')::uuid]", 2)]
    [InlineData("Trace/read-case-messages", "int, text[]", "array['key-5', 'key-6']", 2)]
    [InlineData("Routing/read-cases", "int, text[], text[]", "array['patient-1'], array['key-5', 'key-6']", 2)]
    public async Task On_tables_that_were_never_analysed_the_few_are_found_without_reading_the_many(string statement, string types, string values, int expected)
    {
        await using var database = await HubDatabase.CreateAsync(Ct);
        await FillAsync(database);

        await using var connection = await database.App.OpenConnectionAsync(Ct);
        await using var transaction = await Database.BeginAsync(connection, [Tenant], Ct);
        var sql = await File.ReadAllTextAsync(Repository.PathOf(["src", "Hub", "Server", .. (statement + ".sql").Split('/')]), Ct);
        await using (var prepare = new NpgsqlCommand($"prepare asked ({types}) as {sql}", connection, transaction)) await prepare.ExecuteNonQueryAsync(Ct);
        var plan = await TextsAsync(connection, transaction, $"explain (analyze, costs off, timing off, summary off) execute asked ({Tenant}, {values})");
        var found = await TextsAsync(connection, transaction, $"execute asked ({Tenant}, {values})");

        Assert.Equal(expected, found.Count);
        Assert.All(plan, line => Assert.True(Touched(line) < 100, string.Join('\n', plan)));
    }

    /// <summary>A backlog of routine messages, three that are held, four open alarms, two deliveries that fail, a document that nobody has fetched, and the cases of them all, two in another's document: all in the order they came, the few last.</summary>
    private static async Task FillAsync(HubDatabase database)
    {
        await using var superuser = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder((await TestCluster.GetAsync(Ct)).SuperuserConnectionString) { SearchPath = database.Schema, Pooling = false }.ConnectionString);
        await using var fill = superuser.CreateCommand($"""
            alter table message set (autovacuum_enabled = off);
            alter table delivery set (autovacuum_enabled = off);
            alter table case_entry set (autovacuum_enabled = off);
            alter table case_key set (autovacuum_enabled = off);
            insert into message (tenant, message_id, position, stream, source, adapter, kind, lane, state, occurred_at, registered_at, repairs)
            select {Tenant}, md5(n::text)::uuid, n, 'patient-1', 'source', 'adapter', 'kind', case when n > {Waiting + 3} then 'Alarm' when n > {Waiting} then null else 'Routine' end,
              case when n > {Waiting} and n <= {Waiting + 3} then 'held' else 'registered' end, clock_timestamp(), clock_timestamp(), 0
            from generate_series(1, {Waiting + 7}) n;
            insert into delivery (tenant, position, destination, message_id, bundle_id, stream, lane, covers, state, due_at)
            select {Tenant}, n, 'epj', md5(n::text)::uuid, gen_random_uuid(), 'patient-1', 1, array[]::bigint[], case when n > {Waiting} then 'retryable' else 'available' end, clock_timestamp()
            from generate_series(1, {Waiting + 2}) n;
            insert into delivery (tenant, position, destination, message_id, bundle_id, stream, lane, covers, state, due_at, pulled)
            select {Tenant}, {Waiting + 3}, 'henter', md5('{Waiting + 3}')::uuid, gen_random_uuid(), 'patient-1', 1, array[]::bigint[], 'available', clock_timestamp(), true;
            insert into case_entry (tenant, message_id, position, stream, kind, lane, occurred_at, role, case_keys, whole_case_keys, about_keys, traits, state, document)
            select {Tenant}, md5(n::text)::uuid, n, 'patient-1', 'kind', 1, clock_timestamp(), 0, array[]::text[], array[]::text[], array[]::text[], 0, 'delivered', md5(case when n > {Waiting} then '5' else n::text end)::uuid
            from generate_series(1, {Waiting + 2}) n;
            insert into case_key (tenant, key, message_id) select {Tenant}, 'key-' || n, md5(n::text)::uuid from generate_series(1, {Waiting}) n;
            insert into delivery_attempt (tenant, position, destination, attempt, node, started_at, finished_at, outcome)
            select {Tenant}, n, 'epj', 1, gen_random_uuid(), clock_timestamp(), clock_timestamp(), 'retryable' from generate_series(1, {Waiting + 2}) n;
            """);
        await fill.ExecuteNonQueryAsync(Ct);
    }

    private static async Task<IReadOnlyList<string>> TextsAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection, transaction);
        await using var reader = await command.ExecuteReaderAsync(Ct);
        var texts = new List<string>();
        while (await reader.ReadAsync(Ct)) texts.Add(reader.GetValue(0).ToString()!);
        return texts;
    }

    /// <summary>How many rows a line of a plan tells of: returned by a node, or read by it and thrown away.</summary>
    private static long Touched(string line) => Rows().Match(line) is { Success: true } match ? long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"(?:actual rows=|Rows Removed by [\w ]+: )(?<count>\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rows();
}
