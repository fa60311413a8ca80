using Vkp.Adapters;
using Vkp.Hub.Delivery;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>
/// The hub's FHIR messaging adapter and its wire, against the simulated EPJ, which shares no reading or writing of FHIR
/// with them: what one side writes wrong, the other finds.
/// </summary>
public sealed class DeliveryToEpjTests
{
    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Samples =>
    [
        .. VendorCatalog.All.SelectMany(vendor => Directory
            .GetFiles(Repository.PathOf("contracts", "vendors", vendor.Info.Name, "samples"), "*.json")
            .Select(file => Path.GetFileName(file))
            .Where(file => !file.Contains(".verified.", StringComparison.Ordinal) && !file.Contains(".received.", StringComparison.Ordinal))
            .Select(file => new TheoryDataRow<string, string>(vendor.Info.Name, file))),
    ];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task Every_published_sample_that_becomes_FHIR_is_journaled_once_by_an_independent_receiver(string vendor, string sample)
    {
        var payload = await File.ReadAllBytesAsync(Repository.PathOf("contracts", "vendors", vendor, "samples", sample), Ct);
        if (VendorCatalog.Find(vendor)!.Translate(new VendorPayload(payload, ReceivedAt)) is not Translation.Translated translated) return;
        await using var at = await EpjFixture.StartAsync();
        var message = Message(translated);

        var first = await DeliverAsync(at, message);
        var repeat = await DeliverAsync(at, message);

        Assert.IsType<DeliveryOutcome.Journaled>(first);
        Assert.Equal(first, repeat);
        var entry = Assert.Single(at.Epj.Journal);
        Assert.Equal(message.MessageId.ToString("D"), entry.MessageHeaderId);
        Assert.Equal(translated.Envelope.Patient!.Value, entry.PatientValue);
        Assert.NotEmpty(entry.Text);
        Assert.Equal(0, at.Epj.Counters.ChangedRepeats);
    }

    [Theory]
    [InlineData("dignio-style", "measurement.recorded.bloodPressure.json", "Systolisk: 128 mmHg")]
    [InlineData("dignio-style", "questionnaire.answered.json", "1: Flere dager")]
    [InlineData("evondos-style", "dose.dispensed.json", "Medisin utlevert 11.05.2026 kl. 08:04: Uassistert")]
    [InlineData("vkp-r4", "safety-alarm-follow-up.json", "300 - Trygghetsalarm 03.07.2024 kl. 10:35")]
    public async Task The_EPJ_shows_what_a_message_says(string vendor, string sample, string words)
    {
        var payload = await File.ReadAllBytesAsync(Repository.PathOf("contracts", "vendors", vendor, "samples", sample), Ct);
        var translated = Assert.IsType<Translation.Translated>(VendorCatalog.Find(vendor)!.Translate(new VendorPayload(payload, ReceivedAt)));
        await using var at = await EpjFixture.StartAsync();

        await DeliverAsync(at, Message(translated));

        Assert.Contains(words, at.Epj.Journal[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FaultKind.Drop, FaultStage.BeforeJournaling, 0)]
    [InlineData(FaultKind.Drop, FaultStage.AfterJournaling, 1)]
    [InlineData(FaultKind.Cut, FaultStage.AfterJournaling, 1)]
    [InlineData(FaultKind.Endless, FaultStage.AfterJournaling, 1)]
    [InlineData(FaultKind.Garbage, FaultStage.AfterJournaling, 1)]
    [InlineData(FaultKind.Redirect, FaultStage.BeforeJournaling, 0)]
    public async Task An_answer_that_says_nothing_is_an_unknown_outcome_and_the_repeat_settles_it_with_one_entry(FaultKind kind, FaultStage stage, int entries)
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = kind, Stage = stage, Times = 1 });
        var message = Message();

        Assert.IsType<DeliveryOutcome.Unknown>(await DeliverAsync(at, message));
        Assert.Equal(entries, at.Epj.Journal.Count);
        Assert.IsType<DeliveryOutcome.Journaled>(await DeliverAsync(at, message));

        Assert.Equal(new EpjCount(Journaled: 1, Doubled: 0), at.Epj.Count);
    }

    [Fact]
    public async Task An_EPJ_that_hangs_after_journaling_is_an_unknown_outcome_when_time_is_up()
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Hang, Stage = FaultStage.AfterJournaling, Times = 1 });
        var clock = new HandClock();

        var delivering = DeliverAsync(at, Message(), clock);
        await at.Epj.WaitForJournaledAsync(1, Ct);
        Assert.False(delivering.IsCompleted);
        clock.FireAll();

        Assert.IsType<DeliveryOutcome.Unknown>(await delivering);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    [InlineData(500)]
    public async Task A_busy_EPJ_is_retried_and_its_wish_for_a_wait_is_read(int status)
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(new FaultRule { Kind = FaultKind.Status, Status = status, RetryAfterSeconds = 7 });

        var outcome = Assert.IsType<DeliveryOutcome.RetryLater>(await DeliverAsync(at, Message()));

        Assert.Equal(TimeSpan.FromSeconds(7), outcome.RetryAfter);
    }

    [Fact]
    public async Task A_transient_error_is_retried_and_a_refusal_is_not()
    {
        await using var at = await EpjFixture.StartAsync();
        at.Epj.SetFaults(
            new FaultRule { Kind = FaultKind.TransientError, Times = 1 },
            new FaultRule { Kind = FaultKind.Refuse, Code = "1.3", Times = 1 },
            new FaultRule { Kind = FaultKind.Status, Status = 422, Times = 1 });

        Assert.IsType<DeliveryOutcome.RetryLater>(await DeliverAsync(at, Message()));
        var refused = Assert.IsType<DeliveryOutcome.Refused>(await DeliverAsync(at, Message()));
        Assert.IsType<DeliveryOutcome.Refused>(await DeliverAsync(at, Message()));

        Assert.Contains("1.3", refused.Error.Message, StringComparison.Ordinal);
        Assert.Empty(at.Epj.Journal);
    }

    [Fact]
    public async Task An_EPJ_that_is_not_there_has_certainly_not_got_the_message()
    {
        var at = await EpjFixture.StartAsync();
        var address = at.Epj.FhirBase;
        await at.DisposeAsync();
        using var channel = new EpjChannel(Vkp.Hub.Outbound.OutboundPolicy.OfPerson, TimeProvider.System);

        var outcome = await EpjCatalog.Find("fhir-messaging")!.DeliverAsync(Message(), (request, ct) => channel.SendAsync(address, request, ct), Ct);

        Assert.IsType<DeliveryOutcome.RetryLater>(outcome);
    }

    private static async Task<DeliveryOutcome> DeliverAsync(EpjFixture at, OutboundMessage message, TimeProvider? clock = null)
    {
        using var channel = new EpjChannel(Vkp.Hub.Outbound.OutboundPolicy.OfPerson, clock ?? TimeProvider.System);
        return await EpjCatalog.Find("fhir-messaging")!.DeliverAsync(message, (request, ct) => channel.SendAsync(at.Epj.FhirBase, request, ct), Ct);
    }

    /// <summary>A dose dispensed, as the sandbox's own dispensers tell it.</summary>
    private static OutboundMessage Message()
    {
        var happened = TriggerEvents.Create("dose.dispensed", new DispenserSite("312229544"), SyntheticPeople.All[0], ReceivedAt, Guid.Empty)!;
        return Message(Assert.IsType<Translation.Translated>(VendorCatalog.Find("evondos-style")!.Translate(new VendorPayload(happened.Body, ReceivedAt))));
    }

    private static OutboundMessage Message(Translation.Translated translated) => new(
        DeterministicId.From("message", translated.Envelope.SourceMessageId),
        DeterministicId.From("bundle", translated.Envelope.SourceMessageId),
        "312229544",
        "sandbox",
        translated.Envelope.EventKind,
        translated.Envelope.OccurredAt,
        ReceivedAt,
        translated.Lane,
        IsLate: false,
        translated.Resources);
}
