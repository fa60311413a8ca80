
namespace Vkp.Adapters.Tests;

/// <summary>What every EPJ adapter must keep, whatever the EPJ answers. A new adapter gets these by its line in the catalogue.</summary>
public sealed class EpjConformanceTests
{
    public static TheoryData<string> Adapters => [.. EpjCatalog.All.Select(adapter => adapter.Info.Name)];

    [Fact]
    public void Every_adapter_of_the_catalogue_has_a_name_of_its_own() =>
        Assert.Equal(EpjCatalog.All.Count, EpjCatalog.All.Select(adapter => adapter.Info.Name).Distinct().Count());

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task The_same_message_is_sent_as_the_same_bytes(string name)
    {
        var first = await Sent(name, Deliveries.Message());
        var second = await Sent(name, Deliveries.Message());
        Assert.Equal(first.Body.ToArray(), second.Body.ToArray());
        Assert.Equal(first.Path, second.Path);
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task The_address_holds_no_identity_number(string name) =>
        Assert.DoesNotContain(Deliveries.PatientNumber, (await Sent(name, Deliveries.Message())).Path, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task Nothing_but_a_proper_answer_counts_as_journaled(string name)
    {
        foreach (var answer in Deliveries.ImproperAnswers)
            Assert.IsNotType<DeliveryOutcome.Journaled>(await Deliveries.Deliver(name, answer));
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task An_answer_that_was_lost_is_unknown_and_one_never_sent_is_retried(string name)
    {
        Assert.IsType<DeliveryOutcome.Unknown>(await Deliveries.Deliver(name, new EpjAnswer.Unknown("time-out")));
        Assert.IsType<DeliveryOutcome.RetryLater>(await Deliveries.Deliver(name, new EpjAnswer.NotSent("connection refused")));
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task Busy_and_broken_answers_are_retried_no_sooner_than_asked(string name)
    {
        foreach (var status in new[] { 408, 425, 429, 500, 502, 503, 504, 599 })
        {
            var retry = Assert.IsType<DeliveryOutcome.RetryLater>(await Deliveries.Deliver(name, Deliveries.Response(status, "", TimeSpan.FromSeconds(17))));
            Assert.Equal(TimeSpan.FromSeconds(17), retry.RetryAfter);
        }
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task Other_client_errors_are_refused_at_once(string name)
    {
        foreach (var status in new[] { 400, 401, 403, 404, 409, 410, 413, 422 })
            Assert.IsType<DeliveryOutcome.Refused>(await Deliveries.Deliver(name, Deliveries.Response(status, "{}")));
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task A_redirect_is_never_followed_and_leaves_the_outcome_unknown(string name)
    {
        foreach (var status in new[] { 301, 302, 307, 308 })
            Assert.IsType<DeliveryOutcome.Unknown>(await Deliveries.Deliver(name, Deliveries.Response(status, "")));
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task What_the_EPJ_writes_about_a_patient_is_not_repeated(string name)
    {
        var answer = $$"""{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"processing","details":{"text":"Ukjent pasient {{Deliveries.PatientNumber}}","coding":[{"code":"{{Deliveries.PatientNumber}}"},{"code":"1.3"}]},"diagnostics":"{{Deliveries.PatientNumber}}"}]}""";
        var refused = Assert.IsType<DeliveryOutcome.Refused>(await Deliveries.Deliver(name, Deliveries.Response(422, answer)));
        Assert.DoesNotContain(Deliveries.PatientNumber, refused.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("processing/1.3", refused.Error.Message, StringComparison.Ordinal);
    }

    private static async Task<EpjRequest> Sent(string name, OutboundMessage message)
    {
        EpjRequest? sent = null;
        await EpjCatalog.Find(name)!.DeliverAsync(
            message,
            (request, _) =>
            {
                sent ??= request;
                return Task.FromResult<EpjAnswer>(new EpjAnswer.NotSent("test"));
            },
            CancellationToken.None);
        return sent ?? throw new InvalidOperationException("Nothing was sent.");
    }
}
