using Npgsql;
using Vkp.Adapters;
using Vkp.Hub.Delivery;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Delivery;

/// <summary>A destination takes so many calls at once; what it has answered need not wait there until that is written.</summary>
public class PlaceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds => [.. EpjKind.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_place_is_given_away_before_the_journaling_is_written_only_where_a_repeat_would_change_nothing(string kind)
    {
        await using var at = await DeliveryBench.StartAsync(kind, messages: 1);
        var (node, under) = await at.NodeAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, Status = 503, Times = 1 });

        var failed = await at.TryAsync(node, under);
        await DeliveryBench.SettleAsync(node, failed);
        var journaled = await at.TryAsync(node, under);

        Assert.Equal(("retryable", false), (failed.State, failed.LeavesPlace));
        Assert.Equal(("journaled", EpjCatalog.Find(kind)!.ReceiverClass == ReceiverClass.Deduplicates), (journaled.State, journaled.LeavesPlace));
    }

    [Fact]
    public async Task More_is_journaled_than_there_are_places_while_nothing_can_be_written_and_all_of_it_is_written_when_it_can()
    {
        const int messages = Limits.DeliveriesInFlightPerDestinationMax + 4;
        await using var hub = await TestHub.StartAsync();
        var people = SyntheticPeople.All.Skip(3).Take(messages).Select(person => person with { DispenserSerial = person.DispenserSerial ?? $"ZZ0009{person.Number}" }).ToList();
        await hub.ConfigureAsync(TestHub.Configuration(hub.Epj.FhirBase, morePatients: string.Join("\n      ", people.Select(person =>
            $"- {{ identifiers: [ {{ value: \"{person.NationalId}\" }} ], services: [ MD ], devices: [ {{ system: \"https://example.org/fhir/device-serial\", value: {person.DispenserSerial} }} ] }}"))));
        await PressAsync(hub, "pause");
        foreach (var person in people)
        {
            using var answer = await hub.PostAsync(TriggerEvents.Create("dose.dispensed", new DispenserSite(TestHub.OrgNo), person, TimeProvider.System.GetUtcNow(), Guid.NewGuid())!);
            Assert.True(answer.IsSuccessStatusCode);
        }

        await hub.RoutedAsync();
        await using var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString);
        await using (var connection = await superuser.OpenConnectionAsync(Ct))
        await using (var transaction = await connection.BeginTransactionAsync(Ct))
        {
            await using var hold = new NpgsqlCommand($"select count(*) from (select from \"{hub.Database.Schema}\".delivery for update) d", connection, transaction);
            Assert.Equal((long)messages, await hold.ExecuteScalarAsync(Ct));
            await PressAsync(hub, "resume");

            await Asking.UntilAsync(() => Task.FromResult(hub.Epj.Journal.Count), journaled => journaled == messages);

            Assert.Equal(0, (await hub.StatusAsync()).Journaled);
        }

        await hub.DeliveredAsync();
        Assert.Equal(messages, hub.Epj.Journal.Count);
        Assert.Equal(messages, hub.Epj.Counters.Requests);
    }

    private static async Task PressAsync(TestHub hub, string button)
    {
        using var answer = await hub.AdminAsync(HttpMethod.Post, $"admin/destinations/{TestHub.OrgNo}/epj/{button}?reason=test");
        Assert.True(answer.IsSuccessStatusCode);
    }
}
