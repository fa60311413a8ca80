using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Vkp.Hub.Outbound;
using Vkp.Hub.Queues;
using Vkp.Hub.Tests.Journeys;
using Vkp.Messages;

namespace Vkp.Hub.Tests.Queues;

/// <summary>A whole hub and endpoints on a real broker.</summary>
public class RabbitMqJourneyTests
{
    [Fact]
    public async Task A_document_is_journaled_when_the_endpoint_says_so()
    {
        await using var hub = await TestHub.StartAsync();
        var place = await Broker.AddAsync();
        await using var endpoint = await AmqpEndpoint.StartAsync(place);
        await QueueHub.ConfigureAsync(hub, place.Yaml());
        await QueueHub.PostAsync(hub);

        var message = await endpoint.ReceiveAsync();
        await QueueHub.ForwardedAsync(hub);
        Assert.Equal((0L, 1L), ((await hub.StatusAsync()).Journaled, (await hub.StatusAsync()).Open));
        Assert.Equal(message.Ready.MessageId.ToString("D"), (string?)(await QueueHub.FetchAsync(hub, message.Ready.FetchFrom))["id"]);
        await endpoint.ReplyAsync(message, new JournalingAcknowledged { MessageId = message.Ready.MessageId, DeliveryId = message.Ready.DeliveryId });

        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        Assert.Equal(message.Ready.DeliveryId.ToString("D"), message.Properties.MessageId);
        Assert.Null(await endpoint.TakeAsync());
    }

    [Fact]
    public async Task Until_somebody_has_subscribed_the_message_waits_with_a_reason_rather_than_vanish()
    {
        await using var hub = await TestHub.StartAsync();
        var place = await Broker.AddAsync();
        await QueueHub.ConfigureAsync(hub, place.Yaml());
        await QueueHub.PostAsync(hub);
        await QueueHub.UntilCodeAsync(hub, "VKP-520");

        await using var endpoint = await AmqpEndpoint.StartAsync(place);

        Assert.Equal("dose.dispensed", (await endpoint.ReceiveAsync()).Ready.Kind);
    }

    [Fact]
    public async Task One_municipality_never_sees_the_others_message()
    {
        await using var hub = await TestHub.StartAsync();
        var (a, b) = (await Broker.AddAsync(), await Broker.AddAsync());
        await using var endpointA = await AmqpEndpoint.StartAsync(a);
        await using var endpointB = await AmqpEndpoint.StartAsync(b);
        await QueueHub.ConfigureAsync(hub, a.Yaml(), b.Yaml());
        await QueueHub.PostAsync(hub);
        await QueueHub.PostAsync(hub, "elsewhere");
        Assert.Equal((TestHub.OrgNo, TestHub.OtherOrgNo), ((await endpointA.ReceiveAsync()).Ready.Municipality, (await endpointB.ReceiveAsync()).Ready.Municipality));

        // B's own user does not get into A's virtual host.
        await using (var stranger = await AmqpEndpoint.ConnectAsync(a.Host, b.EndpointUser, a.Port))
            Assert.Equal(Constants.NotAllowed, (await Assert.ThrowsAnyAsync<OperationInterruptedException>(() => stranger.CreateChannelAsync())).ShutdownReason!.ReplyCode);

        // The operator writes A's place where B's should stand.
        await QueueHub.ConfigureAsync(hub, null, a.Yaml(), leavesOpen: true);
        await QueueHub.PostAsync(hub, "elsewhere");
        await QueueHub.UntilCodeAsync(hub, "VKP-522", TestHub.OtherOrgNo);
        Assert.Equal((null, null), (await endpointA.TakeAsync(), await endpointB.TakeAsync()));
    }

    [Fact]
    public async Task With_the_rights_it_is_given_an_endpoint_reads_no_answers_and_claims_no_place()
    {
        var place = await Broker.AddAsync();
        await using var transport = new RabbitMqTransport(OutboundPolicy.OfPerson, TimeProvider.System);
        var hubs = new Dictionary<string, string>(StringComparer.Ordinal) { [QueueKind.UserSetting] = place.HubUser, [QueueKind.PasswordSetting] = Broker.Password };
        await transport.PublishAsync(new QueuePlace(312229544, "epj", place.Address, hubs), QueueMessages.Ready(), default);
        await using var login = await AmqpEndpoint.ConnectAsync(place.Host, place.EndpointUser, place.Port);

        foreach (var attempt in (Func<IChannel, Task>[])
        [
            channel => channel.BasicGetAsync("vkp.hub", autoAck: true),
            channel => channel.QueuePurgeAsync("vkp.hub.error"),
            channel => channel.QueueDeleteAsync("vkp.hub"),
            channel => channel.ExchangeDeleteAsync("vkp.destination"),
        ])
        {
            var channel = await login.CreateChannelAsync();
            Assert.Equal(Constants.AccessRefused, (await Assert.ThrowsAnyAsync<OperationInterruptedException>(() => attempt(channel))).ShutdownReason!.ReplyCode);
        }
    }

    [Fact]
    public async Task A_rejection_counts_and_an_answer_that_cannot_be_used_is_set_aside_with_its_code()
    {
        await using var hub = await TestHub.StartAsync();
        var place = await Broker.AddAsync();
        await using var endpoint = await AmqpEndpoint.StartAsync(place);
        await QueueHub.ConfigureAsync(hub, place.Yaml());
        await QueueHub.PostAsync(hub);
        var message = await endpoint.ReceiveAsync();

        await endpoint.ReplyAsync(message, new DocumentReady());
        await endpoint.ReplyAsync(message, new JournalingRejected { MessageId = message.Ready.MessageId, DeliveryId = message.Ready.DeliveryId, Reason = RejectionReasons.ContentInvalid });

        Assert.Equal(1, (await hub.UntilAsync(s => s.Failed == 1)).FailedBy["VKP-614"]);
        Assert.Equal("VKP-603", await place.TakeSetAsideAsync());
    }
}
