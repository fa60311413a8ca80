using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Npgsql;
using Vkp.Hub.Tests.Journeys;
using Vkp.Messages;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Queues;

/// <summary>A whole hub and endpoints on the PostgreSQL transport, each logged in with nothing but its own rights.</summary>
public class PostgreSqlJourneyTests
{
    [Fact]
    public async Task A_document_is_forwarded_then_read_and_in_the_journal_only_when_the_endpoint_says_so()
    {
        await using var transport = await TransportDatabase.CreateAsync();
        await using var hub = await TestHub.StartAsync();
        var place = await transport.AddAsync();
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        await QueueHub.ConfigureAsync(hub, place.Yaml());
        await QueueHub.PostAsync(hub);

        var message = await endpoint.ReceiveAsync();
        await QueueHub.ForwardedAsync(hub);
        Assert.Equal((0L, 1L), ((await hub.StatusAsync()).Journaled, (await hub.StatusAsync()).Open));
        var fetched = await QueueHub.FetchAsync(hub, message.Ready.FetchFrom);
        Assert.Equal(message.Ready.MessageId.ToString("D"), (string?)fetched["id"]);
        await endpoint.ReplyAsync(message, new JournalingAcknowledged { MessageId = message.Ready.MessageId, DeliveryId = message.Ready.DeliveryId });
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });

        // The message itself says who and what to nobody.
        var person = SyntheticPeople.All[0];
        var row = Encoding.UTF8.GetString(message.Body) + string.Join(' ', message.Headers.Values);
        Assert.DoesNotContain(person.NationalId, row, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Name, row, StringComparison.Ordinal);
        Assert.Null(message.Ready.Document);
        Assert.Null(await endpoint.TakeAsync());
    }

    [Fact]
    public async Task A_rejection_waits_for_a_person_and_only_an_answer_to_the_later_delivery_counts_then()
    {
        await using var transport = await TransportDatabase.CreateAsync();
        await using var hub = await TestHub.StartAsync();
        var place = await transport.AddAsync();
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        await QueueHub.ConfigureAsync(hub, place.Yaml());
        await QueueHub.PostAsync(hub);
        var first = await endpoint.ReceiveAsync();
        var rejection = new JournalingRejected { MessageId = first.Ready.MessageId, DeliveryId = first.Ready.DeliveryId, Reason = RejectionReasons.PatientUnknown };

        await endpoint.ReplyAsync(first, rejection);
        Assert.Equal(1, (await hub.UntilAsync(s => s.Failed == 1)).FailedBy["VKP-610"]);
        using (var groups = await hub.AdminAsync(HttpMethod.Get, $"admin/dead-letters/groups?tenant={TestHub.OrgNo}"))
            Assert.Equal("Journalsystemet kjenner ikke pasienten.", (string?)JsonNode.Parse(await groups.Content.ReadAsStringAsync())![0]!["cause"]);
        using (var body = new StringContent($"{{\"orgNo\":\"{TestHub.OrgNo}\",\"reason\":\"test\"}}", Encoding.UTF8, "application/json"))
        using (var retried = await hub.AdminAsync(HttpMethod.Post, "admin/dead-letters/retry?apply=true", body))
            Assert.Equal(HttpStatusCode.OK, retried.StatusCode);
        var second = await endpoint.ReceiveAsync();

        Assert.Equal(first.Ready.MessageId, second.Ready.MessageId);
        Assert.NotEqual(first.Ready.DeliveryId, second.Ready.DeliveryId);
        Assert.NotEqual(first.Headers["NServiceBus.MessageId"], second.Headers["NServiceBus.MessageId"]);
        Assert.True(second.Ready.IsLate);
        // The endpoint's answer to the first, come late and twice, is about a delivery that is no more.
        await endpoint.ReplyAsync(first, rejection);
        await endpoint.ReplyAsync(second, new JournalingAcknowledged { MessageId = second.Ready.MessageId, DeliveryId = second.Ready.DeliveryId });
        await hub.UntilAsync(s => s is { Journaled: 1, Failed: 0, Open: 0 });
    }

    [Fact]
    public async Task The_document_that_travels_is_the_one_that_would_be_fetched()
    {
        await using var transport = await TransportDatabase.CreateAsync();
        await using var hub = await TestHub.StartAsync();
        var place = await transport.AddAsync();
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        await QueueHub.ConfigureAsync(hub, place.Yaml(", body: full"));
        await QueueHub.PostAsync(hub);

        var message = await endpoint.ReceiveAsync();
        var (travelled, fetched) = (JsonNode.Parse(message.Ready.Document!)!, await QueueHub.FetchAsync(hub, message.Ready.FetchFrom));

        // Who sent it and whose it is, too. When it was offered is the one thing that a message in a queue cannot know.
        foreach (var document in (JsonNode[])[travelled, fetched]) document["meta"]!.AsObject().Remove("lastUpdated");
        Assert.Equal(fetched.ToJsonString(), travelled.ToJsonString());
    }

    [Fact]
    public async Task Until_an_endpoint_has_subscribed_the_message_waits_with_a_reason_and_then_goes()
    {
        await using var transport = await TransportDatabase.CreateAsync();
        await using var hub = await TestHub.StartAsync();
        var place = await transport.AddAsync();
        await QueueHub.ConfigureAsync(hub, place.Yaml());
        await QueueHub.PostAsync(hub);
        await QueueHub.UntilCodeAsync(hub, "VKP-520");

        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);

        Assert.Equal("dose.dispensed", (await endpoint.ReceiveAsync()).Ready.Kind);
    }

    [Fact]
    public async Task One_municipality_never_sees_the_others_message_whatever_is_configured_or_written_into_a_routing_table()
    {
        await using var transport = await TransportDatabase.CreateAsync();
        await using var hub = await TestHub.StartAsync();
        var (a, b) = (await transport.AddAsync(), await transport.AddAsync());
        await using var endpointA = await PostgreSqlEndpoint.StartAsync(a);
        await using var endpointB = await PostgreSqlEndpoint.StartAsync(b);

        // Both subscribe to the same topic, and each gets its own.
        await QueueHub.ConfigureAsync(hub, a.Yaml(), b.Yaml());
        await QueueHub.PostAsync(hub);
        await QueueHub.PostAsync(hub, "elsewhere");
        Assert.Equal((TestHub.OrgNo, TestHub.OtherOrgNo), ((await endpointA.ReceiveAsync()).Ready.Municipality, (await endpointB.ReceiveAsync()).Ready.Municipality));
        Assert.Equal((null, null), (await endpointA.TakeAsync(), await endpointB.TakeAsync()));

        // B's own login reaches nothing of A.
        await using (var login = await transport.OpenAsync(b.EndpointRole))
        {
            await using var peek = new NpgsqlCommand($"select \"Body\" from {a.Schema}.\"Kommune.Epj\"", login);
            Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => peek.ExecuteScalarAsync())).SqlState);
        }

        // A's routing table names B's queue.
        await endpointA.SubscribeAsync($"\"{b.Schema}\".\"Kommune.Epj\"");
        await QueueHub.PostAsync(hub);
        await QueueHub.UntilCodeAsync(hub, "VKP-523");

        // The municipality's operator writes A's place where B's should stand.
        await endpointA.SubscribeAsync($"\"{a.Schema}\".\"Kommune.Epj\"");
        await endpointA.ReceiveAsync();
        await QueueHub.ConfigureAsync(hub, null, a.Yaml(), leavesOpen: true);
        await QueueHub.PostAsync(hub, "elsewhere");
        await QueueHub.UntilCodeAsync(hub, "VKP-522", TestHub.OtherOrgNo);
        Assert.Equal((null, null), (await endpointA.TakeAsync(), await endpointB.TakeAsync()));
    }

    [Fact]
    public async Task Answers_that_cannot_be_used_are_set_aside_with_their_code_and_the_next_one_counts()
    {
        await using var transport = await TransportDatabase.CreateAsync();
        await using var hub = await TestHub.StartAsync();
        var place = await transport.AddAsync();
        await using var endpoint = await PostgreSqlEndpoint.StartAsync(place);
        await QueueHub.ConfigureAsync(hub, place.Yaml());
        await QueueHub.PostAsync(hub);
        var message = await endpoint.ReceiveAsync();
        var address = message.Headers["NServiceBus.ReplyToAddress"];

        await endpoint.SendRawAsync(address, "not JSON", "{}"u8.ToArray());
        await endpoint.SendRawAsync(address, """{"NServiceBus.EnclosedMessageTypes":7}""", "{}"u8.ToArray());
        await endpoint.ReplyAsync(message, new JournalingRejected { MessageId = message.Ready.MessageId, DeliveryId = message.Ready.DeliveryId, Reason = "because" });
        await endpoint.ReplyAsync(message, new JournalingAcknowledged { MessageId = Guid.NewGuid(), DeliveryId = Guid.NewGuid() });
        // Camel case, another assembly and a type of its own before ours: read all the same.
        await endpoint.SendAsync(
            address, new Dictionary<string, string> { ["NServiceBus.EnclosedMessageTypes"] = "Epj.Answer, Epj;Vkp.Messages.JournalingAcknowledged, Epj.Contracts, Version=1.0.0.0" },
            Encoding.UTF8.GetBytes($$"""{"messageId":"{{message.Ready.MessageId}}","deliveryId":"{{message.Ready.DeliveryId}}","more":1}"""));
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });

        Assert.Equal(
            "VKP-603 VKP-603 VKP-603 VKP-120",
            await transport.AskAsync<string>($"""select string_agg("Headers"::json ->> 'Vkp.Error', ' ' order by "Seq") from {place.Schema}."vkp.hub.error" """));
    }
}
