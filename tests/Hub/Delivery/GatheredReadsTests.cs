using Npgsql;
using Vkp.EventStore;
using Vkp.Hub.Delivery;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Delivery;

public class GatheredReadsTests
{
    private const int Tenant = 888134574;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_callers_get_each_their_own_event_and_a_place_without_one_is_that_callers_fault_alone()
    {
        await using var schema = await TestDatabase.CreateAsync(Ct);
        await using (var owner = NpgsqlDataSource.Create(schema.ConnectionString)) await Migrations.ApplyAsync(owner, schema.Schema, Ct);
        await using var database = NpgsqlDataSource.Create(Database.AppConnectionString(schema.ConnectionString, schema.Schema));
        await using var store = new EventLog(database);
        await store.AppendAsync(new AppendRequest(Tenant, new StreamName("patient", "a"), [.. Enumerable.Range(1, 200).Select(i => new NewEvent(Guid.NewGuid(), "test", $$"""{"n":{{i}}}""", ReadOnlyMemory<byte>.Empty))]), Ct);
        var reads = new GatheredReads(store);

        var missing = reads.ReadAsync(Tenant, 201);
        var found = await Task.WhenAll(Enumerable.Range(1, 200).Select(position => reads.ReadAsync(Tenant, position)));

        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), found.Select(e => e.Position));
        await Assert.ThrowsAsync<InvalidOperationException>(() => missing);
        Assert.Equal(7, (await reads.ReadAsync(Tenant, 7)).Position);
    }
}
