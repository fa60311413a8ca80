using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using Vkp.Adapters;
using Vkp.Hub.Outbound;
using Vkp.Hub.Queues;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Messages;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Queues;

/// <summary>The RabbitMQ transport alone, against a real broker.</summary>
public sealed class RabbitMqTransportTests : IAsyncLifetime
{
    private RabbitMqTransport transport = new(OutboundPolicy.OfPerson, new SetClock());
    private BrokerPlace place = null!;

    public async ValueTask InitializeAsync() => place = await Broker.AddAsync();

    public ValueTask DisposeAsync() => transport.DisposeAsync();

    [Fact]
    public async Task The_frames_on_the_wire_are_the_ones_that_were_approved_byte_for_byte()
    {
        await using var endpoint = await AmqpEndpoint.StartAsync(place);
        await using var tap = FrameTap.Start(place.Port);

        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await transport.PublishAsync(PlaceAt(place.AddressAt(tap.Port)), QueueMessages.Ready(), default));

        Snapshot.Verify(string.Join("\n\n", FrameTap.PublishFrames(tap.Sent).Select(f => $"{f.Name}\n{Dump(f.Payload)}")));
    }

    [Fact]
    public async Task A_repeat_carries_the_same_message_id_and_the_headers_of_an_endpoints_own_publish()
    {
        await using var endpoint = await AmqpEndpoint.StartAsync(place);
        for (var i = 0; i < 2; i++) Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await PublishAsync(QueueMessages.Ready()));

        var (first, second) = ((await endpoint.TakeAsync())!, (await endpoint.TakeAsync())!);

        Assert.Equal(first.Properties.MessageId, second.Properties.MessageId);
        Assert.Equal(
            ("Vkp.Messages.DocumentReady", "Vkp.Messages.DocumentReady", "Publish", "application/json", DeliveryModes.Persistent, "vkp.hub"),
            (first.Properties.Type, first.Header("NServiceBus.EnclosedMessageTypes"), first.Header("NServiceBus.MessageIntent"), first.Properties.ContentType, first.Properties.DeliveryMode, first.Properties.ReplyTo));
        Assert.Equal(first.Properties.MessageId, first.Header("NServiceBus.MessageId"));
        Assert.Equal("2026-05-11 12:00:00:000000 Z", first.Header("NServiceBus.TimeSent"));
    }

    [Fact]
    public async Task A_queue_that_is_full_keeps_the_rest_waiting_and_an_alarm_passes()
    {
        await using var endpoint = await AmqpEndpoint.StartAsync(place);
        var full = PlaceAt(place.Address, (QueueKind.QueueSetting, AmqpEndpoint.Queue), (QueueKind.DepthMaxSetting, "2"));
        for (var i = 0; i < 2; i++) Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await transport.PublishAsync(full, QueueMessages.Ready(Guid.NewGuid()), default));
        await transport.DisposeAsync();
        transport = new RabbitMqTransport(OutboundPolicy.OfPerson, new SetClock());

        var routine = await transport.PublishAsync(full, QueueMessages.Ready(Guid.NewGuid()), default);
        var alarm = await transport.PublishAsync(full, QueueMessages.Ready(Guid.NewGuid(), Lane.Alarm), default);

        Assert.Equal("VKP-521", Assert.IsType<DeliveryOutcome.RetryLater>(routine).Error.Code);
        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(alarm);
    }

    [Fact]
    public async Task What_the_broker_does_not_confirm_was_not_delivered()
    {
        await using var endpoint = await AmqpEndpoint.StartAsync(place, new Dictionary<string, object?> { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" });

        var outcomes = new[] { await PublishAsync(QueueMessages.Ready(Guid.NewGuid())), await PublishAsync(QueueMessages.Ready(Guid.NewGuid())) };

        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(outcomes[0]);
        Assert.Equal("VKP-521", Assert.IsType<DeliveryOutcome.RetryLater>(outcomes[1]).Error.Code);
        Assert.NotNull(await endpoint.TakeAsync());
        Assert.Null(await endpoint.TakeAsync());
    }

    [Fact]
    public async Task A_connection_that_is_lost_after_the_message_was_sent_leaves_the_outcome_unknown_and_the_next_try_connects_again()
    {
        await using var endpoint = await AmqpEndpoint.StartAsync(place);
        await using var tap = FrameTap.Start(place.Port, cutAtPublish: true);
        var through = PlaceAt(place.AddressAt(tap.Port));

        Assert.Equal("VKP-506", Assert.IsType<DeliveryOutcome.Unknown>(await transport.PublishAsync(through, QueueMessages.Ready(), default)).Error.Code);
        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await transport.PublishAsync(through, QueueMessages.Ready(), default));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_now_is_there_when_it_can_however_often_it_was_looked_at()
    {
        await using var endpoint = await AmqpEndpoint.StartAsync(place);
        await PublishAsync(QueueMessages.Ready());
        await endpoint.ReplyAsync((await endpoint.TakeAsync())!, new JournalingAcknowledged());
        var there = PlaceAt(place.Address);
        for (var look = 0; look < 40; look++) Assert.Equal(0, (await transport.TakeAnswersAsync(there, (_, _) => Task.FromResult<AnswerVerdict>(new AnswerVerdict.Later()), default)).Taken);

        Assert.Equal(1, (await transport.TakeAnswersAsync(there, (_, _) => Task.FromResult<AnswerVerdict>(new AnswerVerdict.Done()), default)).Taken);
        Assert.Equal(0, (await transport.TakeAnswersAsync(there, (_, _) => Task.FromResult<AnswerVerdict>(new AnswerVerdict.Done()), default)).Taken);
    }

    [Fact]
    public async Task A_broker_that_is_away_or_refuses_the_login_is_told_apart()
    {
        var away = await transport.PublishAsync(PlaceAt(place.AddressAt(1)), QueueMessages.Ready(), default);
        var refused = await transport.PublishAsync(PlaceAt(place.Address, (QueueKind.PasswordSetting, "wrong")), QueueMessages.Ready(), default);

        Assert.Equal(("VKP-501", "VKP-524"), (Assert.IsType<DeliveryOutcome.RetryLater>(away).Error.Code, Assert.IsType<DeliveryOutcome.RetryLater>(refused).Error.Code));
    }

    [Fact]
    public async Task In_production_a_broker_on_this_machine_is_reached_only_when_its_network_is_named_for_the_municipality()
    {
        await using var endpoint = await AmqpEndpoint.StartAsync(place);
        await using var others = new RabbitMqTransport(QueueHub.InProduction(888134574), new SetClock());
        await using var named = new RabbitMqTransport(QueueHub.InProduction(312229544), new SetClock());

        var refused = await others.PublishAsync(PlaceAt(place.Address), QueueMessages.Ready(), default);

        Assert.Equal("VKP-527", Assert.IsType<DeliveryOutcome.RetryLater>(refused).Error.Code);
        Assert.Equal("VKP-527", (await others.TakeAnswersAsync(PlaceAt(place.Address), (_, _) => Task.FromResult<AnswerVerdict>(new AnswerVerdict.Done()), default)).Problem?.Code);
        Assert.IsType<DeliveryOutcome.AwaitingReceipt>(await named.PublishAsync(PlaceAt(place.Address), QueueMessages.Ready(), default));
    }

    private Task<DeliveryOutcome> PublishAsync(DocumentReady ready) => transport.PublishAsync(PlaceAt(place.Address), ready, default);

    private QueuePlace PlaceAt(Uri address, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { [QueueKind.UserSetting] = place.HubUser, [QueueKind.PasswordSetting] = Broker.Password };
        foreach (var (name, value) in more) settings[name] = value;
        return new QueuePlace(312229544, "epj", address, settings);
    }

    /// <summary>Sixteen bytes a line, as digits and as text.</summary>
    private static string Dump(byte[] bytes) => string.Join('\n', bytes.Chunk(16).Select((line, i) => string.Create(
        CultureInfo.InvariantCulture, $"{i * 16:x4}  {string.Join(' ', line.Select(b => b.ToString("x2", CultureInfo.InvariantCulture))),-47}  {Encoding.ASCII.GetString([.. line.Select(b => b is >= 32 and < 127 ? b : (byte)'.')])}")));
}
