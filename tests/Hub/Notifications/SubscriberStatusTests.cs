using Vkp.Hub.Operations;

namespace Vkp.Hub.Tests.Notifications;

public class SubscriberStatusTests
{
    [Fact]
    public async Task The_status_shows_every_subscription_how_far_it_is_behind_and_why()
    {
        await using var subscriber = await Subscriber.StartAsync();
        var isAway = false;
        subscriber.Endpoint.Answer = (_, _) => Volatile.Read(ref isAway) ? 503 : 200;
        var id = await subscriber.SubscribeAsync(subscriber.Asked());
        await subscriber.MessageAsync(1);
        await UntilAsync(subscriber, s => s is { Status: "active", Last: 1, Sent: 1, Code: null });

        Volatile.Write(ref isAway, true);
        await subscriber.MessageAsync(2);
        await subscriber.MessageAsync(3);
        var behind = await UntilAsync(subscriber, s => s is { Status: "error", Last: 3, Sent: 1 });

        Assert.Equal(("VKP-634", "epj", id), (behind.Code, behind.Destination, behind.Id.ToString("D")));
    }

    private static async Task<SubscriberStatus> UntilAsync(Subscriber subscriber, Func<SubscriberStatus, bool> wanted) =>
        (await subscriber.Hub.UntilAsync(status => status.Subscribers is [var only] && wanted(only))).Subscribers[0];
}
