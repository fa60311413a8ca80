using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Tests.Projections;

public class MessageRowTests
{
    private static readonly Guid Id = Guid.NewGuid();
    private static readonly DateTimeOffset At = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly EventMetadata Message = new() { MessageId = Id, Source = "A_B_C", Adapter = "evondos-style", Kind = "dose.dispensed", Lane = Lane.Routine, OccurredAt = At };

    [Fact]
    public void Accepted_then_journaled_is_journaled_with_both_times()
    {
        var row = Fold((MessageEvents.Accepted, Message), (MessageEvents.Journaled, Message with { ForwardedAt = At.AddSeconds(1), OpenDeliveries = 0 }));

        Assert.Equal((MessageStates.Journaled, At.AddSeconds(1)), (row.State, row.ForwardedAt));
        Assert.NotNull(row.JournaledAt);
    }

    [Fact]
    public void Edge_case_29_A_message_with_a_destination_still_open_is_not_journaled_yet()
    {
        var row = Fold((MessageEvents.Accepted, Message), (MessageEvents.Journaled, Message with { OpenDeliveries = 1 }));

        Assert.Equal((MessageStates.Forwarded, null), (row.State, row.JournaledAt));
    }

    [Fact]
    public void A_refusal_stays_in_sight_when_another_destination_journals_the_message()
    {
        var row = Fold(
            (MessageEvents.Accepted, Message), (MessageEvents.Refused, Message with { Code = "VKP-510" }), (MessageEvents.Journaled, Message with { OpenDeliveries = 0 }));

        Assert.Equal((MessageStates.Failed, "VKP-510"), (row.State, row.Reason));
    }

    [Theory]
    [InlineData(MessageEvents.Resent)]
    [InlineData(MessageEvents.Withdrawn)]
    [InlineData(MessageEvents.Restored)]
    public void A_refusal_stays_in_sight_when_a_person_acts_on_another_destinations(string act)
    {
        var row = Fold(
            (MessageEvents.Accepted, Message), (MessageEvents.Refused, Message with { Code = "VKP-510" }), (MessageEvents.Refused, Message with { Code = "VKP-504" }),
            (act, Message with { Code = "VKP-510" }), (MessageEvents.Journaled, Message with { OpenDeliveries = 0 }));

        Assert.Equal((MessageStates.Failed, "VKP-510"), (row.State, row.Reason));
    }

    [Fact]
    public void A_message_that_was_fetched_is_read_and_what_is_at_its_end_stays_there_when_it_is_fetched_again()
    {
        var read = Fold((MessageEvents.Accepted, Message), (MessageEvents.Read, Message with { ForwardedAt = At.AddSeconds(1) }));
        var again = Fold(
            (MessageEvents.Accepted, Message), (MessageEvents.Read, Message with { ForwardedAt = At.AddSeconds(1) }), (MessageEvents.Refused, Message with { Code = "VKP-610" }),
            (MessageEvents.Read, Message with { ForwardedAt = At.AddSeconds(9) }));

        Assert.Equal((MessageStates.Read, At.AddSeconds(1)), (read.State, read.ReadAt));
        Assert.Equal((MessageStates.Failed, At.AddSeconds(1)), (again.State, again.ReadAt));
    }

    [Fact]
    public void A_held_message_says_why_and_forgets_it_when_released()
    {
        var held = Fold((MessageEvents.Held, Message with { Code = "VKP-113" }));
        var released = MessageRow.After(held, Recorded(2, MessageEvents.Released), Message)!;

        Assert.Equal((MessageStates.Held, "VKP-113"), (held.State, held.Reason));
        Assert.Equal((MessageStates.Registered, null), (released.State, released.Reason));
    }

    [Fact]
    public void A_folded_message_is_settled_and_names_the_document_it_is_in()
    {
        var document = Guid.NewGuid();
        var row = Fold((MessageEvents.Accepted, Message), (MessageEvents.Settled, Message with { SettleReason = "folded-into-case", InDocumentOf = document }));

        Assert.Equal((MessageStates.Settled, "folded-into-case", document), (row.State, row.Reason, row.InDocumentOf));
    }

    [Fact]
    public void A_fact_about_a_message_nobody_registered_stops_the_room() =>
        Assert.Throws<InvalidOperationException>(() => Fold((MessageEvents.Journaled, Message)));

    private static MessageRow Fold(params (string Type, EventMetadata Metadata)[] events)
    {
        MessageRow? row = null;
        for (var i = 0; i < events.Length; i++) row = MessageRow.After(row, Recorded(i + 1, events[i].Type), events[i].Metadata);
        return row!;
    }

    private static RecordedEvent Recorded(long position, string type) => new(
        888134574, position, new StreamName("patient", "a"), position, Guid.NewGuid(), type, At.AddSeconds(position), null, "{}", ReadOnlyMemory<byte>.Empty);
}
