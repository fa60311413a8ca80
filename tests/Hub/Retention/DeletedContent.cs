using System.Globalization;
using Npgsql;
using Vkp.EventStore;
using Vkp.EventStore.Audit;
using Vkp.EventStore.Retention;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Retention;

/// <summary>Deletes the content of every message of the first municipality at once, whatever its age: for tests of those who meet what is gone.</summary>
internal static class DeletedContent
{
    /// <summary>Returns how many bodies went. Everything in the log must have been handled.</summary>
    public static async Task<long> MakeAsync(TestHub hub)
    {
        await using var app = NpgsqlDataSource.Create(Database.AppConnectionString(hub.Database.ConnectionString, hub.Database.Schema));
        await using var store = new EventLog(app);
        using var key = AnchorKey.Generate();
        var (retention, tenant) = (new LogRetention(store), int.Parse(TestHub.OrgNo, CultureInfo.InvariantCulture));
        var rule = new RetentionRule(DateTimeOffset.MaxValue, [MessageEvents.Accepted, MessageEvents.Held, MessageEvents.Released], [], long.MaxValue, "keep nothing", "test");
        var plan = await retention.EstimateAsync(tenant, rule, TimeProvider.System, default);
        await retention.BeginAsync(plan!, key.SignStatement, default);
        return (await retention.FinishAsync(tenant, key.SignStatement, TimeProvider.System, null, default))!.Receipt!.Events;
    }
}
