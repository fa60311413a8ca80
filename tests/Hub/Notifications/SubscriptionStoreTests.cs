using Vkp.EventStore;
using Vkp.Fhir.Model;
using Vkp.Hub.Notifications;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.Tests.Notifications;

/// <summary>Who may write where a subscription stands.</summary>
public class SubscriptionStoreTests
{
    private const int Tenant = 888134574;
    private const string Client = "Epj_Test_Eksempel";

    private static readonly DateTimeOffset Now = new(2026, 5, 11, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, Subscription.SubscriptionStatus.Off)]
    [InlineData(false, Subscription.SubscriptionStatus.Requested)]
    public Task What_came_of_a_step_is_void_once_the_client_has_asked_for_something_else(bool isOff, Subscription.SubscriptionStatus status) => WithClaimedAsync(async (store, claimed) =>
    {
        Assert.True(await store.ChangeAsync(Tenant, Client, claimed.Id, 2, isOff, Now, default));

        Assert.Null(await store.SettleAsync(Activated(claimed), null, isOver: true, default));

        var stands = Assert.Single(await store.ReadAsync(Tenant, Client, claimed.Id, default));
        Assert.Equal((status, 2L), (stands.Status, stands.ConfigPosition));
    });

    [Fact]
    public Task What_came_of_a_step_is_written_under_the_claim_it_was_begun_with_and_gives_it_back() => WithClaimedAsync(async (store, claimed) =>
    {
        Assert.Null(await store.ClaimAsync(Tenant, claimed.Id, default));

        Assert.NotNull(await store.SettleAsync(Activated(claimed), null, isOver: true, default));

        Assert.Equal(Subscription.SubscriptionStatus.Active, Assert.Single(await store.ReadAsync(Tenant, Client, claimed.Id, default)).Status);
        Assert.NotNull(await store.ClaimAsync(Tenant, claimed.Id, default));
    });

    private static SubscriptionState Activated(SubscriptionState claimed) => claimed with { Status = Subscription.SubscriptionStatus.Active, Confirmed = true };

    /// <summary>A subscription that was just asked for, and that a node has claimed.</summary>
    private static async Task WithClaimedAsync(Func<SubscriptionStore, SubscriptionState, Task> then)
    {
        await using var database = await HubDatabase.CreateAsync();
        await using var log = new EventLog(database.App);
        var store = new SubscriptionStore(database.App, log, Guid.NewGuid());
        var id = Guid.NewGuid();
        await store.InsertAsync(Tenant, id, "epj", Client, 1, Now, default);
        await then(store, (await store.ClaimAsync(Tenant, id, default))!);
    }
}
