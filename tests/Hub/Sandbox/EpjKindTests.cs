using Vkp.Adapters;
using Vkp.Hub.Delivery;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>Every adapter against the simulated EPJ of its kind, over real HTTP: what is delivered, what is found out, and what is never believed.</summary>
public sealed class EpjKindTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["domain"] = "eksempel", ["key"] = "k", ["journalType"] = "101", ["employeeId"] = "900", ["unit"] = "hjemmetjenesten",
    };

    public static TheoryData<string> Kinds => [.. EpjKind.All];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void There_is_a_simulated_EPJ_for_every_adapter() => Assert.Equal(EpjCatalog.All.Select(a => a.Info.Name).Order(), EpjKind.All.Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_message_becomes_one_entry_that_a_person_can_read(string kind)
    {
        await using var at = await KindFixture.StartAsync(kind);

        var journaled = Assert.IsType<DeliveryOutcome.Journaled>(await at.DeliverAsync(Message()));

        Assert.NotNull(journaled.Receipt);
        Assert.Contains("utlevert", Assert.Single(at.Epj.Journal).Text, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What the class of a receiver means, shown: only a receiver of class A takes a repeat for what it is.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_repeat_makes_a_second_entry_only_where_the_receiver_does_not_deduplicate(string kind)
    {
        await using var at = await KindFixture.StartAsync(kind);

        var first = await at.DeliverAsync(Message());
        var second = await at.DeliverAsync(Message());

        var isA = at.Adapter.ReceiverClass == ReceiverClass.Deduplicates;
        Assert.Equal(isA ? 0 : 1, at.Epj.Count.Doubled);
        if (isA) Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_resend_under_a_new_bundle_id_is_the_same_entry_at_a_receiver_that_deduplicates(string kind)
    {
        await using var at = await KindFixture.StartAsync(kind);
        if (at.Adapter.ReceiverClass != ReceiverClass.Deduplicates) return;

        Assert.IsType<DeliveryOutcome.Journaled>(await at.DeliverAsync(Message()));
        Assert.IsType<DeliveryOutcome.Journaled>(await at.DeliverAsync(Message() with { BundleId = DeterministicId.From("another") }));

        Assert.Single(at.Epj.Journal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_lost_cut_endless_garbled_or_redirected_is_unknown_whether_or_not_it_was_written(string kind)
    {
        foreach (var stage in Enum.GetValues<FaultStage>())
        {
            foreach (var fault in (FaultKind[])[FaultKind.Drop, FaultKind.Cut, FaultKind.Endless, FaultKind.Garbage, FaultKind.Redirect])
            {
                // A document's own answer is never looked at, only what is read back: garbage instead of "201" changes nothing.
                if (kind == "fhir-document" && fault is (FaultKind.Garbage or FaultKind.Cut)) continue;
                await using var at = await KindFixture.StartAsync(kind);
                at.Epj.SetFaults(new FaultRule { Kind = fault, Stage = stage });
                var outcome = await at.DeliverAsync(Message());
                Assert.True(outcome is DeliveryOutcome.Unknown, $"{fault} {stage}: {outcome}");
                Assert.Equal(stage == FaultStage.AfterJournaling ? 1 : 0, at.Epj.Journal.Count);
            }
        }
    }

    [Theory]
    [InlineData("profil-style", FaultKind.Hang)]
    [InlineData("fhir-messaging", FaultKind.Trickle)]
    [InlineData("gerica-style", FaultKind.Trickle)]
    public async Task An_EPJ_that_never_ends_its_answer_is_cut_off_when_time_is_up(string kind, FaultKind fault)
    {
        await using var at = await KindFixture.StartAsync(kind);
        at.Epj.SetFaults(new FaultRule { Kind = fault, Stage = FaultStage.AfterJournaling, Times = 1, DelayMilliseconds = 20 });
        var clock = new HandClock();

        var delivering = at.DeliverAsync(Message(), clock);
        await at.Epj.WaitForJournaledAsync(1, Ct);
        Assert.False(delivering.IsCompleted);
        clock.FireAll();

        Assert.IsType<DeliveryOutcome.Unknown>(await delivering);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_busy_EPJ_is_tried_again_no_sooner_than_it_asked(string kind)
    {
        await using var at = await KindFixture.StartAsync(kind);
        foreach (var status in (int[])[429, 503])
        {
            at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, Status = status, RetryAfterSeconds = 7, Times = 1 });
            Assert.Equal(TimeSpan.FromSeconds(7), Assert.IsType<DeliveryOutcome.RetryLater>(await at.DeliverAsync(Message())).RetryAfter);
        }

        Assert.Empty(at.Epj.Journal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_refusal_comes_back_with_its_code_and_nothing_is_written(string kind)
    {
        await using var at = await KindFixture.StartAsync(kind);
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Refuse, Code = "1.3", Times = 1 });

        Assert.Contains("1.3", Assert.IsType<DeliveryOutcome.Refused>(await at.DeliverAsync(Message())).Error.Message, StringComparison.Ordinal);
        Assert.IsType<DeliveryOutcome.Refused>(await at.DeliverAsync(Message(SyntheticPeople.Stranger)));

        Assert.Empty(at.Epj.Journal);
    }

    [Theory]
    [InlineData("gerica-style")]
    [InlineData("cosdoc-style")]
    public async Task A_look_up_that_fails_is_tried_again_and_nothing_is_written(string kind)
    {
        await using var at = await KindFixture.StartAsync(kind);
        foreach (var fault in (FaultKind[])[FaultKind.Drop, FaultKind.Garbage, FaultKind.Status, FaultKind.Redirect, FaultKind.Endless])
        {
            at.Epj.SetFaults(new FaultRule { Kind = fault, LookUps = true, Times = 1 });
            var outcome = await at.DeliverAsync(Message());
            Assert.True(outcome is DeliveryOutcome.RetryLater, $"{fault}: {outcome}");
        }

        Assert.Empty(at.Epj.Journal);
        Assert.IsType<DeliveryOutcome.Journaled>(await at.DeliverAsync(Message()));
    }

    [Fact]
    public async Task An_EPJ_that_can_be_asked_says_what_it_has_and_what_it_has_not()
    {
        await using var at = await KindFixture.StartAsync("profil-style");

        Assert.IsType<AskOutcome.HasNot>(await at.AskAsync(Message()));
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Drop, Stage = FaultStage.AfterJournaling, Times = 1 });
        Assert.IsType<DeliveryOutcome.Unknown>(await at.DeliverAsync(Message()));

        Assert.Equal("1", Assert.IsType<AskOutcome.Has>(await at.AskAsync(Message())).Receipt);
    }

    /// <summary>The trap: the EPJ keeps 02:30 for two moments an hour apart. The text tells them apart.</summary>
    [Fact]
    public async Task Where_only_local_time_is_kept_the_text_says_which_half_past_two_it_was()
    {
        await using var at = await KindFixture.StartAsync("gerica-style");
        var summer = new DateTimeOffset(2026, 10, 25, 2, 30, 0, TimeSpan.FromHours(2));

        await at.DeliverAsync(Message() with { OccurredAt = summer });
        await at.DeliverAsync(Message() with { OccurredAt = summer.AddHours(1) });

        Assert.All(at.Epj.Journal, entry => Assert.StartsWith("25.10.2026 02:30", entry.Text, StringComparison.Ordinal));
        Assert.Contains("kl. 02:30 (sommertid)", at.Epj.Journal[0].Text, StringComparison.Ordinal);
        Assert.Contains("kl. 02:30 (normaltid)", at.Epj.Journal[1].Text, StringComparison.Ordinal);
    }

    private static OutboundMessage Message(SyntheticPerson? person = null)
    {
        var happened = TriggerEvents.Create("dose.dispensed", new DispenserSite("312229544"), person ?? SyntheticPeople.All[0], At, Guid.Empty)!;
        var translated = Assert.IsType<Translation.Translated>(VendorCatalog.Find("evondos-style")!.Translate(new VendorPayload(happened.Body, At)));
        return new OutboundMessage(
            DeterministicId.From("message", translated.Envelope.SourceMessageId), DeterministicId.From("bundle", translated.Envelope.SourceMessageId), "312229544", "sandbox",
            translated.Envelope.EventKind, translated.Envelope.OccurredAt, At, translated.Lane, IsLate: false, translated.Resources)
        {
            ServiceCode = translated.ServiceCode, Settings = Settings,
        };
    }

    private sealed class KindFixture : IAsyncDisposable
    {
        private readonly TemporaryFolder folder = new();

        public SimulatedEpj Epj { get; private set; } = null!;

        public IEpjAdapter Adapter { get; private set; } = null!;

        public static async Task<KindFixture> StartAsync(string kind)
        {
            var fixture = new KindFixture { Adapter = EpjCatalog.Find(kind)! };
            fixture.Epj = await SimulatedEpj.StartAsync(new(fixture.folder.File("epj")) { Kind = kind }, TimeProvider.System, Ct);
            return fixture;
        }

        public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, TimeProvider? clock = null)
        {
            using var channel = new EpjChannel(Vkp.Hub.Outbound.OutboundPolicy.OfPerson, clock ?? TimeProvider.System);
            return await Adapter.DeliverAsync(message, (request, ct) => channel.SendAsync(Epj.AdapterBase, request, ct), Ct);
        }

        public async Task<AskOutcome> AskAsync(OutboundMessage message)
        {
            using var channel = new EpjChannel(Vkp.Hub.Outbound.OutboundPolicy.OfPerson, TimeProvider.System);
            return await Adapter.AskAsync(message, (request, ct) => channel.SendAsync(Epj.AdapterBase, request, ct), Ct);
        }

        public async ValueTask DisposeAsync()
        {
            await Epj.DisposeAsync();
            folder.Dispose();
        }
    }
}
