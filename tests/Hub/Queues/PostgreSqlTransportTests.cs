using System.Text;
using Npgsql;
using Vkp.Adapters;
using Vkp.Hub.Outbound;
using Vkp.Hub.Queues;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Messages;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Queues;

/// <summary>The PostgreSQL transport alone, against a real database.</summary>
public sealed class PostgreSqlTransportTests : IAsyncLifetime
{
    private readonly KeptLog<PostgreSqlTransport> log = new();
    private TransportDatabase database = null!;
    private TransportPlace place = null!;
    private NpgsqlDataSource hub = null!;
    private PostgreSqlTransport transport = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TransportDatabase.CreateAsync();
        place = await database.AddAsync();
        hub = NpgsqlDataSource.Create((await TestCluster.GetAsync()).ConnectionString);
        transport = new PostgreSqlTransport(hub, OutboundPolicy.OfPerson, new SetClock(), log);
    }

    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync();
        await hub.DisposeAsync();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task The_row_is_the_one_that_was_approved_byte_for_byte()
    {
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await PublishAsync(QueueMessages.Ready()));

        var row = await database.AskAsync<string>($"""
            select format(E'Id %s\nExpires %s\nSeq %s\nHeaders %s\nBody %s', "Id", coalesce("Expires"::text, 'null'), "Seq", "Headers", encode("Body", 'escape'))
            from {place.Schema}."Kommune.Epj"
            """);
        Snapshot.Verify(row.Replace(place.Schema, "place", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_repeat_writes_no_second_row_and_every_subscriber_gets_one()
    {
        await using var one = await PostgreSqlEndpoint.StartAsync(place);
        await using var two = await PostgreSqlEndpoint.StartAsync(place, "Kommune \"Arkiv\".Epj");
        // Two instances of an endpoint, or one that renamed itself: the same queue twice in the table is one queue.
        await database.ExecuteAsync($"insert into {place.Schema}.\"SubscriptionRouting\" select \"QueueAddress\", 'renamed', 'System.Object' from {place.Schema}.\"SubscriptionRouting\" where \"Endpoint\" = 'Kommune.Epj'");
        for (var i = 0; i < 3; i++) Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await PublishAsync(QueueMessages.Ready()));

        var (first, second) = (await one.TakeAsync(), await two.TakeAsync());
        Assert.Equal(first!.Headers["NServiceBus.MessageId"], second!.Headers["NServiceBus.MessageId"]);
        Assert.Equal((null, null), (await one.TakeAsync(), await two.TakeAsync()));
    }

    [Fact]
    public async Task A_queue_that_is_full_keeps_the_rest_waiting_and_an_alarm_passes()
    {
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        var full = Place((QueueKind.DepthMaxSetting, "2"));
        for (var i = 0; i < 2; i++) Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await transport.PublishAsync(full, QueueMessages.Ready(Guid.NewGuid()), default));
        await RestartAsync();

        var routine = await transport.PublishAsync(full, QueueMessages.Ready(Guid.NewGuid()), default);
        var alarm = await transport.PublishAsync(full, QueueMessages.Ready(Guid.NewGuid(), Lane.Alarm), default);

        Assert.Equal("VKP-521", Assert.IsType<DeliveryOutcome.RetryLater>(routine).Error.Code);
        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(alarm);
    }

    [Fact]
    public async Task Row_numbers_that_run_out_are_told_in_time_and_the_last_one_loses_nothing()
    {
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        await database.ExecuteAsync($"alter sequence {place.Schema}.\"Kommune.Epj_Seq_seq\" restart {int.MaxValue}");
        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await PublishAsync(QueueMessages.Ready(Guid.NewGuid())));
        await RestartAsync();

        var beyond = await PublishAsync(QueueMessages.Ready(Guid.NewGuid()));

        Assert.Equal("VKP-526", Assert.IsType<DeliveryOutcome.RetryLater>(beyond).Error.Code);
        Assert.Contains("VKP-526", Assert.Single(log.Lines), StringComparison.Ordinal);
        Assert.NotNull(await endpoint.TakeAsync());
    }

    [Fact]
    public async Task A_whole_document_goes_to_a_database_outside_the_hubs_own_and_never_through_the_hubs_own()
    {
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        var ready = QueueMessages.Ready();
        ready.Document = """{"resourceType":"Bundle"}""";
        var outside = await transport.PublishAsync(Place((QueueKind.BodySetting, QueueKind.FullBody)), ready, default);
        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(outside);
        Assert.Equal(ready.Document, (await endpoint.TakeAsync())!.Ready.Document);

        // The same database under another name of the same machine, and another role.
        await using var own = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder((await TestCluster.GetAsync()).SuperuserConnectionString) { Host = "localhost", Database = database.Name }.ConnectionString);
        await using var inside = new PostgreSqlTransport(own, OutboundPolicy.OfPerson, new SetClock(), log);
        var refused = await inside.PublishAsync(Place((QueueKind.BodySetting, QueueKind.FullBody)), ready, default);

        Assert.Equal("VKP-525", Assert.IsType<DeliveryOutcome.RetryLater>(refused).Error.Code);
        Assert.Null(await endpoint.TakeAsync());
    }

    [Fact]
    public async Task In_production_a_transport_on_this_machine_is_reached_only_when_its_network_is_named_for_the_municipality()
    {
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        var there = Place();
        await using var others = new PostgreSqlTransport(hub, QueueHub.InProduction(there.Tenant + 1), new SetClock(), log);
        await using var named = new PostgreSqlTransport(hub, QueueHub.InProduction(there.Tenant), new SetClock(), log);

        var refused = await others.PublishAsync(there, QueueMessages.Ready(), default);

        Assert.Equal("VKP-527", Assert.IsType<DeliveryOutcome.RetryLater>(refused).Error.Code);
        Assert.Equal("VKP-527", (await others.TakeAnswersAsync(there, (_, _) => Task.FromResult<AnswerVerdict>(new AnswerVerdict.Done()), default)).Problem?.Code);
        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await named.PublishAsync(there, QueueMessages.Ready(), default));
    }

    [Fact]
    public async Task What_the_database_refuses_is_told_by_its_code_alone()
    {
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        await database.ExecuteAsync($"revoke insert on {place.Schema}.\"Kommune.Epj\" from {place.HubRole}");

        var refused = Assert.IsType<DeliveryOutcome.RetryLater>(await PublishAsync(QueueMessages.Ready()));

        Assert.Equal("VKP-524", refused.Error.Code);
        Assert.Contains("42501", refused.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(place.Schema, refused.Error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>What it counted, and who was told, is forgotten.</summary>
    private async Task RestartAsync()
    {
        await transport.DisposeAsync();
        transport = new PostgreSqlTransport(hub, OutboundPolicy.OfPerson, new SetClock(), log);
    }

    private Task<DeliveryOutcome> PublishAsync(DocumentReady ready) => transport.PublishAsync(Place(), ready, default);

    private QueuePlace Place(params (string Name, string Value)[] more) => new(312229544, "epj", database.Address, new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [QueueKind.UserSetting] = place.HubRole, [QueueKind.PasswordSetting] = Environment.GetEnvironmentVariable(TransportDatabase.PasswordVariable)!, [QueueKind.SchemaSetting] = place.Schema,
    }.Concat(more.Select(m => KeyValuePair.Create(m.Name, m.Value))).ToDictionary(StringComparer.Ordinal));
}
