using Vkp.Adapters;
using Vkp.Hub.Delivery;

namespace Vkp.Hub.Tests.Delivery;

public class OwnershipTests
{
    private const int Tenant = 888134574;

    [Fact]
    public void A_backlog_in_one_lane_leaves_room_for_alarms_and_for_every_other_destination()
    {
        var (owned, queue) = Known("away", "well");
        var position = 0L;
        while (owned.TakeDue(queue).Exists(l => l is { Destination: "away", Lane: Lane.Routine }))
            Load(owned, queue, [.. Enumerable.Range(0, Limits.DeliveryLoadRowsMax).Select(_ => Row(++position, "away", Lane.Routine))]);

        owned.ExpectMore();
        var due = owned.TakeDue(queue);

        Assert.Equal(Limits.DeliveryWindowRowsMax, queue.Count);
        Assert.DoesNotContain(due, l => l is { Destination: "away", Lane: Lane.Routine });
        Assert.Contains(new LaneCursor("away", Lane.Alarm, 0), due);
        Assert.Contains(new LaneCursor("well", Lane.Routine, 0), due);
    }

    [Fact]
    public void A_full_window_loads_on_from_its_place_when_there_is_room_again()
    {
        var (owned, queue) = Known("epj");
        var rows = Enumerable.Range(1, Limits.DeliveryWindowRowsMax).Select(p => Row(p, "epj", Lane.Routine)).ToList();
        Load(owned, queue, rows);
        Assert.DoesNotContain(owned.TakeDue(queue), l => l.Lane == Lane.Routine);

        for (var i = 0; i < Limits.DeliveryLoadRowsMax; i++) queue.Finish(queue.Take(DateTimeOffset.UnixEpoch, _ => false)!, DateTimeOffset.UnixEpoch);

        Assert.Contains(new LaneCursor("epj", Lane.Routine, Limits.DeliveryWindowRowsMax), owned.TakeDue(queue));
    }

    [Fact]
    public void A_lane_that_had_no_full_page_is_asked_again_only_when_more_is_expected()
    {
        var (owned, queue) = Known("epj");
        owned.TakeDue(queue);
        Assert.False(owned.Advance([Row(7, "epj", Lane.Clinical)]));

        Assert.Empty(owned.TakeDue(queue));

        owned.ExpectMore();
        Assert.Contains(new LaneCursor("epj", Lane.Clinical, 7), owned.TakeDue(queue));
        Assert.True(owned.HasPassed(Row(7, "epj", Lane.Clinical)));
        Assert.False(owned.HasPassed(Row(7, "epj", Lane.Alarm)));
    }

    private static (Ownership, DeliveryQueue) Known(params string[] destinations)
    {
        var owned = new Ownership(Tenant, epoch: 1);
        owned.Learn(destinations);
        return (owned, new DeliveryQueue());
    }

    private static void Load(Ownership owned, DeliveryQueue queue, IReadOnlyList<DeliveryRow> rows)
    {
        foreach (var row in rows) queue.Add(row);
        owned.Advance(rows);
    }

    private static DeliveryRow Row(long position, string destination, Lane lane) =>
        new(Tenant, position, destination, Guid.NewGuid(), Guid.NewGuid(), $"patient-{position}", lane, [position], 0, DateTimeOffset.UnixEpoch);
}
