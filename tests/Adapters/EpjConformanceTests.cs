using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.TestSupport;

namespace Vkp.Adapters.Tests;

/// <summary>What every EPJ adapter must keep, whatever the EPJ answers. A new adapter gets these by its line in the catalogue and a script of proper answers.</summary>
public sealed class EpjConformanceTests
{
    public static TheoryData<string> Adapters => [.. EpjCatalog.All.Select(adapter => adapter.Info.Name)];

    public static TheoryData<string> AskableAdapters => [.. EpjCatalog.All.Where(adapter => adapter.ReceiverClass == ReceiverClass.CanBeAsked).Select(adapter => adapter.Info.Name)];

    [Fact]
    public void Every_adapter_of_the_catalogue_has_a_name_of_its_own() =>
        Assert.Equal(EpjCatalog.All.Count, EpjCatalog.All.Select(adapter => adapter.Info.Name).Distinct().Count());

    [Fact]
    public void Every_class_of_receiver_has_an_adapter_that_shows_it() =>
        Assert.Equal(Enum.GetValues<ReceiverClass>(), EpjCatalog.All.Select(adapter => adapter.ReceiverClass).Distinct().Order());

    [Theory]
    [MemberData(nameof(Adapters))]
    public void An_adapters_page_names_the_class_that_its_code_declares(string name)
    {
        var adapter = EpjCatalog.Find(name)!;
        var page = File.ReadAllText(Repository.PathOf("src", "Adapters", "Epj", adapter.GetType().Namespace!.Split('.')[^1], "README.md"));
        var letter = adapter.ReceiverClass switch { ReceiverClass.Deduplicates => "A", ReceiverClass.CanBeAsked => "B", _ => "C" };
        Assert.Contains($"Receiver class **{letter}**", page, StringComparison.Ordinal);
        Assert.All(adapter.Settings, setting => Assert.Contains($"`{setting.Name.Replace(".*", ".", StringComparison.Ordinal)}", page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task A_proper_answer_is_journaled_and_the_same_answer_again_is_the_same_receipt(string name)
    {
        var (first, _) = await Deliveries.DeliverWell(name);
        var (second, _) = await Deliveries.DeliverWell(name);
        Assert.NotNull(Assert.IsType<DeliveryOutcome.Journaled>(first).Receipt);
        Assert.Equal(first, second);
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task A_receipt_for_another_message_settles_nothing(string name)
    {
        var script = EpjScript.Of(name);
        if (script.ToAnother is null)
            return;
        var (outcome, _) = await Deliveries.Deliver(name, request => Deliveries.Response(200, script.ToAnother(request)));
        Assert.Equal("VKP-508", Assert.IsType<DeliveryOutcome.Unknown>(outcome).Error.Code);
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task The_same_message_is_sent_as_the_same_bytes(string name)
    {
        var (_, first) = await Deliveries.DeliverWell(name);
        var (_, second) = await Deliveries.DeliverWell(name);
        Assert.Equal(first.Select(Whole), second.Select(Whole));
        Assert.Contains(first, request => request.ChangesJournal);
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task Edge_case_25_The_address_holds_no_identity_number_unless_the_EPJ_demands_it_and_no_request_shows_its_address(string name)
    {
        var (_, sent) = await Deliveries.DeliverWell(name);
        if (!EpjScript.Of(name).AddressNamesPatient)
            Assert.All(sent, request => Assert.DoesNotContain(Deliveries.PatientNumber, request.Path, StringComparison.Ordinal));
        foreach (var shown in sent.Select(request => $"{request}"))
        {
            Assert.DoesNotContain(Deliveries.PatientNumber, shown, StringComparison.Ordinal);
            Assert.DoesNotContain("k-e-y", shown, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task Nothing_but_a_proper_answer_counts_as_journaled(string name)
    {
        foreach (var answer in Deliveries.ImproperAnswers)
            Assert.IsNotType<DeliveryOutcome.Journaled>(await Deliveries.Deliver(name, answer));
        // A proper answer cut anywhere, or under a status that is no success, is none.
        for (var cut = 1; cut < 40; cut += 6)
        {
            var shorter = cut;
            var (outcome, _) = await Deliveries.Deliver(name, request => Deliveries.Response(200, Shorter(EpjScript.Of(name).Proper(request), shorter)));
            Assert.IsNotType<DeliveryOutcome.Journaled>(outcome);
        }

        foreach (var status in new[] { 301, 404, 422, 500, 503 })
        {
            var (outcome, _) = await Deliveries.Deliver(name, request => Deliveries.Response(status, EpjScript.Of(name).Proper(request)));
            Assert.IsNotType<DeliveryOutcome.Journaled>(outcome);
        }
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
    public async Task A_look_up_that_is_lost_or_unreadable_leads_to_a_retry_and_writes_nothing(string name)
    {
        if ((await Deliveries.DeliverWell(name)).Sent[0].ChangesJournal)
            return;
        EpjAnswer[] answers = [new EpjAnswer.Unknown("time-out"), new EpjAnswer.NotSent("refused"), Deliveries.Response(200, "<html>"), Deliveries.Response(500, ""), Deliveries.Response(307, "")];
        foreach (var answer in answers)
        {
            var sent = new List<EpjRequest>();
            var outcome = await EpjCatalog.Find(name)!.DeliverAsync(
                Deliveries.For(name),
                (request, _) =>
                {
                    sent.Add(request);
                    return Task.FromResult(answer);
                },
                CancellationToken.None);
            Assert.IsType<DeliveryOutcome.RetryLater>(outcome);
            Assert.DoesNotContain(sent, request => request.ChangesJournal);
        }
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task Busy_answers_are_retried_no_sooner_than_asked(string name)
    {
        foreach (var status in new[] { 408, 425, 429, 503 })
        {
            var retry = Assert.IsType<DeliveryOutcome.RetryLater>(await Deliveries.Deliver(name, Deliveries.Response(status, "", TimeSpan.FromSeconds(17))));
            Assert.Equal(TimeSpan.FromSeconds(17), retry.RetryAfter);
        }
    }

    /// <summary>Behind a 500, 502 or 504 the journal may have been written: only where a repeat cannot double is it simply tried again.</summary>
    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task A_broken_EPJ_is_tried_again_where_that_is_safe_and_is_unknown_where_it_is_not(string name)
    {
        foreach (var status in new[] { 500, 502, 504, 599 })
        {
            var outcome = await Deliveries.Deliver(name, Deliveries.Response(status, "", TimeSpan.FromSeconds(17)));
            if (EpjCatalog.Find(name)!.ReceiverClass == ReceiverClass.Deduplicates)
                Assert.Equal(TimeSpan.FromSeconds(17), Assert.IsType<DeliveryOutcome.RetryLater>(outcome).RetryAfter);
            else
                Assert.IsType<DeliveryOutcome.Unknown>(outcome);
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
    public async Task What_the_EPJ_writes_about_a_patient_is_not_repeated_and_its_codes_are(string name)
    {
        var refused = Assert.IsType<DeliveryOutcome.Refused>(await Deliveries.Deliver(name, Deliveries.Response(422, EpjScript.Of(name).Refusal)));
        Assert.DoesNotContain(Deliveries.PatientNumber, refused.Error.ToString(), StringComparison.Ordinal);
        Assert.Contains(EpjScript.Of(name).RefusalCode, refused.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task Every_published_sample_can_be_delivered(string name)
    {
        foreach (var sample in Samples.All)
        {
            if (sample.Translate() is not Translation.Translated translated)
                continue;
            var (outcome, _) = await Deliveries.DeliverWell(name, Deliveries.Message() with { Resources = translated.Resources, ServiceCode = translated.ServiceCode });
            // An EPJ that files by national number cannot take a patient known by another system's number only; that is said, not thrown.
            if (outcome is not DeliveryOutcome.Journaled)
                Assert.Equal("VKP-509", Assert.IsType<DeliveryOutcome.Refused>(outcome).Error.Code);
        }
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public async Task The_requests_and_the_receipt_of_a_closed_alert_are_the_approved_ones(string name)
    {
        var message = Deliveries.Message() with { Resources = Payloads.Translated("dignio-style/alert.closed.measurement").Resources, ServiceCode = "DHO", EventKind = "alert.closed" };
        var (outcome, sent) = await Deliveries.DeliverWell(name, message);
        var told = new JsonObject
        {
            ["requests"] = new JsonArray([.. sent.Select(Told)]),
            ["receipt"] = Assert.IsType<DeliveryOutcome.Journaled>(outcome).Receipt,
        };
        var folder = EpjCatalog.Find(name)!.GetType().Namespace!.Split('.')[^1];
        Snapshot.VerifyAt($"src/Adapters/Epj/{folder}/requests", ".json", told.ToJsonString());
    }

    [Theory]
    [MemberData(nameof(AskableAdapters))]
    public async Task An_EPJ_that_can_be_asked_is_believed_only_when_it_repeats_the_question(string name)
    {
        Assert.IsType<AskOutcome.Has>(await Ask(name, $$"""{"externalId":"{{Deliveries.MessageId}}","notes":[{"noteId":"8812"}]}"""));
        Assert.IsType<AskOutcome.HasNot>(await Ask(name, $$"""{"externalId":"{{Deliveries.MessageId}}","notes":[]}"""));
        foreach (var other in (string[])["", "[]", "{}", """{"notes":[]}""", $$"""{"externalId":"{{Guid.Empty}}","notes":[]}""", $$"""{"externalId":"{{Deliveries.MessageId}}"}""", "<html>"])
            Assert.IsType<AskOutcome.NoAnswer>(await Ask(name, other));
    }

    [Theory]
    [MemberData(nameof(AskableAdapters))]
    public async Task A_question_that_was_not_answered_says_nothing(string name)
    {
        EpjAnswer[] answers = [new EpjAnswer.Unknown("time-out"), new EpjAnswer.NotSent("refused"), Deliveries.Response(404, ""), Deliveries.Response(500, ""), Deliveries.Response(307, ""), Deliveries.Response(503, "", TimeSpan.FromSeconds(9))];
        foreach (var answer in answers)
            Assert.IsType<AskOutcome.NoAnswer>(await EpjCatalog.Find(name)!.AskAsync(Deliveries.For(name), (_, _) => Task.FromResult(answer), CancellationToken.None));
    }

    private static Task<AskOutcome> Ask(string name, string answer) => EpjCatalog.Find(name)!.AskAsync(
        Deliveries.For(name),
        (request, _) =>
        {
            Assert.False(request.ChangesJournal);
            return Task.FromResult<EpjAnswer>(Deliveries.Response(200, answer));
        },
        CancellationToken.None);

    private static string Whole(EpjRequest request) =>
        $"{request.Method} {request.Path} {string.Join(';', request.Headers)} {Convert.ToHexString(request.Body.Span)}";

    private static string Shorter(string answer, int by) => answer.Length > by ? answer[..^by] : string.Empty;

    private static JsonNode Told(EpjRequest request) => new JsonObject
    {
        ["request"] = $"{request.Method} {request.Path}",
        ["headers"] = new JsonArray([.. request.Headers.Select(header => JsonValue.Create($"{header.Name}: {header.Value}"))]),
        ["changesJournal"] = request.ChangesJournal,
        ["body"] = request.Body.IsEmpty ? null : JsonNode.Parse(Encoding.UTF8.GetString(request.Body.Span), documentOptions: new JsonDocumentOptions { MaxDepth = 64 }),
    };
}
