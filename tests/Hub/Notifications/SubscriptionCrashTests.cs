using Npgsql;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Notifications;

/// <summary>What a node leaves behind that dies between the endpoint's answer and its own note of it, and what two nodes make of one subscription.</summary>
public class SubscriptionCrashTests
{
    [Fact]
    public async Task After_a_crash_before_the_note_the_same_event_comes_again_with_the_same_content_and_no_other_is_left_out()
    {
        await using var subscriber = await Subscriber.StartAsync();
        await subscriber.SubscribeAsync(subscriber.Asked("full-resource"));
        await subscriber.MessageAsync(1);
        await subscriber.MessageAsync(2);
        await subscriber.UntilReceivedAsync("event-notification", all => all.Count == 2);
        await subscriber.Hub.StopAsync();

        // As the row stands when a node is killed after the second event's answer came: claimed by it, and nothing noted.
        await using (var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString))
        await using (var crash = superuser.CreateCommand($"""
            update "{subscriber.Hub.Database.Schema}".fhir_subscription
            set sent_number = 1, owner = gen_random_uuid(), epoch = epoch + 1, until = clock_timestamp() + interval '2 s'
            """))
        {
            Assert.Equal(1, await crash.ExecuteNonQueryAsync());
        }

        await subscriber.Hub.RestartAsync();
        await subscriber.MessageAsync(3);
        var told = await subscriber.UntilReceivedAsync("event-notification", all => all.Count == 4);

        Assert.Equal([1L, 2L, 2L, 3L], told.SelectMany(notification => notification.Numbers));
        Assert.Equal(told[1].Content, told[2].Content);
    }

    [Fact]
    public async Task Two_nodes_share_a_subscription_and_tell_each_event_once_in_order()
    {
        await using var subscriber = await Subscriber.StartAsync();
        await using var other = await subscriber.Hub.StartNodeAsync();
        await subscriber.SubscribeAsync(subscriber.Asked());
        for (var number = 1; number <= 15; number++) await subscriber.MessageAsync(number);

        var told = await subscriber.UntilReceivedAsync("event-notification", all => all.Sum(notification => notification.Numbers.Count) >= 15);

        Assert.Equal(Enumerable.Range(1, 15).Select(number => (long)number), told.SelectMany(notification => notification.Numbers));
        Assert.Single(subscriber.Received("handshake"));
    }
}
