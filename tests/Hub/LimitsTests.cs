namespace Vkp.Hub.Tests;

public class LimitsTests
{
    [Fact]
    public void A_lease_survives_two_renewals_that_fail() =>
        Assert.True(Limits.DeliveryLeaseRenewal * 2 < Limits.DeliveryLease);

    [Fact]
    public void Most_places_of_a_destination_are_for_what_is_no_alarm() =>
        Assert.InRange(Limits.DeliveriesReservedForAlarms, 1, Limits.DeliveriesInFlightPerDestinationMax / 2);

    [Fact]
    public void A_batch_of_the_longest_kind_fits_into_one_request() =>
        Assert.True(Limits.BatchEventsMax * 1024 <= Limits.BodyBytesMax);

    [Fact]
    public void A_page_in_memory_stays_small_with_bodies_of_the_largest_kind() =>
        Assert.True((long)Limits.SubscriptionPageEventsMax * Limits.BodyBytesMax <= 1L << 30);
}
