using System.Net;
using System.Text.Json.Nodes;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>The receiver's side of messaging: https://hl7.org/fhir/R4/messaging.html, reliable messaging.</summary>
public sealed class SimulatedEpjTests
{
    private static readonly SyntheticPerson Patient = TestMessages.Patient;

    [Fact]
    public async Task A_message_is_journaled_and_answered_by_a_response_message()
    {
        await using var at = await EpjFixture.StartAsync();

        var reply = await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2, text: "Glemt medisin &amp; mat er gitt."));

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(TestMessages.Id(1), (string?)reply.Response["identifier"]);
        Assert.Equal("ok", (string?)reply.Response["code"]);
        Assert.Equal("urn:test:hub", (string?)reply.Header["destination"]![0]!["endpoint"]);
        Assert.Equal("OperationOutcome", (string?)reply.Outcome["resourceType"]);
        Assert.Equal("information", (string?)reply.Outcome["issue"]![0]!["severity"]);
        var entry = Assert.Single(at.Epj.Journal);
        Assert.Equal((1, TestMessages.Id(1), TestMessages.Id(2)), (entry.Sequence, entry.MessageHeaderId, entry.BundleId));
        Assert.Equal(("alert.closed", "urn:test:hub", Patient.NationalId), (entry.Event, entry.Source, entry.PatientValue));
        Assert.Equal("Journalnotat for respons på hendelse\nGlemt medisin & mat er gitt.\nIkke utlevert 11.05.2026 kl. 09:30", entry.Text);
    }

    [Fact]
    public async Task Same_header_and_same_bundle_get_the_stored_answer_again()
    {
        await using var at = await EpjFixture.StartAsync();

        var first = await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2));
        var again = await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2));

        Assert.Equal(first.Body, again.Body);
        Assert.Single(at.Epj.Journal);
        Assert.Equal(new MessageCount(TestMessages.Id(1), Received: 2, Journaled: 1), Assert.Single(at.Epj.Counters.Messages));
    }

    [Fact]
    public async Task Same_header_in_a_new_bundle_is_answered_without_a_second_entry()
    {
        await using var at = await EpjFixture.StartAsync();

        await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2));
        var resent = await at.SendAsync(TestMessages.Alert(header: 1, bundle: 3));
        var resentAgain = await at.SendAsync(TestMessages.Alert(header: 1, bundle: 3));

        Assert.Equal("ok", (string?)resent.Response["code"]);
        Assert.Equal(resent.Body, resentAgain.Body);
        Assert.Single(at.Epj.Journal);
    }

    [Fact]
    public async Task A_bundle_id_under_another_header_is_a_fatal_error()
    {
        await using var at = await EpjFixture.StartAsync();

        await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2));
        var clash = await at.SendAsync(TestMessages.Alert(header: 3, bundle: 2));

        Assert.Equal("fatal-error", (string?)clash.Response["code"]);
        Assert.Equal(TestMessages.Id(3), (string?)clash.Response["identifier"]);
        Assert.Single(at.Epj.Journal);
    }

    [Fact]
    public async Task Concurrent_repeats_of_a_message_make_one_entry_and_get_one_answer()
    {
        await using var at = await EpjFixture.StartAsync();

        var replies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => at.SendAsync(TestMessages.Alert(header: 1, bundle: 2))));

        Assert.Single(replies.Select(reply => reply.Body).Distinct());
        Assert.Equal(new EpjCount(Journaled: 1, Doubled: 0), at.Epj.Count);
        Assert.Equal(16, at.Epj.Counters.Requests);
    }

    [Fact]
    public async Task A_receiver_that_does_not_deduplicate_shows_every_repeat_as_doubled()
    {
        await using var at = await EpjFixture.StartAsync(deduplicates: false);

        await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2));
        await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2));
        await at.SendAsync(TestMessages.Alert(header: 2, bundle: 4, text: "En annen dose."));

        Assert.Equal(new EpjCount(Journaled: 3, Doubled: 1), at.Epj.Count);
        Assert.Equal("""{"journaled":3,"doubled":1}""", await at.GetAsync("journal/count"));
    }

    [Fact]
    public async Task The_same_content_under_new_ids_is_counted_as_doubled()
    {
        await using var at = await EpjFixture.StartAsync();

        await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2));
        await at.SendAsync(TestMessages.Alert(header: 5, bundle: 6));

        Assert.Equal(new EpjCount(Journaled: 2, Doubled: 1), at.Epj.Count);
    }

    [Fact]
    public async Task A_repeat_with_changed_content_is_counted()
    {
        await using var at = await EpjFixture.StartAsync();

        await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2));
        await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2, text: "Noe annet."));

        Assert.Equal(1, at.Epj.Counters.ChangedRepeats);
        Assert.Single(at.Epj.Journal);
    }

    [Fact]
    public async Task A_document_as_focus_has_its_references_looked_up_within_it()
    {
        await using var at = await EpjFixture.StartAsync();
        var document = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "document",
            ["entry"] = TestMessages.Alert(header: 7, bundle: 8)["entry"]!.DeepClone(),
        };
        document["entry"]!.AsArray().RemoveAt(0);
        var message = TestMessages.Alert(header: 1, bundle: 2);
        message["entry"]![1]!["resource"] = document;
        message["entry"]!.AsArray().RemoveAt(2);

        var reply = await at.SendAsync(message);

        Assert.Equal(HttpStatusCode.OK, reply.Status);
        Assert.Equal(Patient.NationalId, Assert.Single(at.Epj.Journal).PatientValue);
    }

    [Theory]
    [InlineData("id", "Bundle.id is missing")]
    [InlineData("entry.0.fullUrl", "Bundle.entry[0].fullUrl is missing")]
    [InlineData("entry.0.resource.id", "MessageHeader.id is missing")]
    [InlineData("entry.0.resource.eventCoding", "MessageHeader.event[x] is missing")]
    [InlineData("entry.0.resource.source", "MessageHeader.source.endpoint is missing")]
    [InlineData("entry.0.resource.focus", "MessageHeader.focus is missing")]
    [InlineData("entry.2.resource", "Bundle.entry[2].resource is missing")]
    [InlineData("entry.2.fullUrl", "which is not in the message")]
    [InlineData("type", "not a Bundle of type message")]
    [InlineData("entry.0.resource.resourceType", "first entry must be a MessageHeader")]
    public async Task A_faulty_message_is_refused_with_what_is_wrong(string missing, string why)
    {
        await using var at = await EpjFixture.StartAsync();
        var message = TestMessages.Alert(header: 1, bundle: 2);
        var path = missing.Split('.');
        var parent = path[..^1].Aggregate((JsonNode)message, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        parent.AsObject().Remove(path[^1]);

        var reply = await at.SendAsync(message);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Contains("OperationOutcome", reply.Body, StringComparison.Ordinal);
        Assert.Contains(why, reply.Body, StringComparison.Ordinal);
        Assert.Empty(at.Epj.Journal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"resourceType\":\"Bundle\",\"resourceType\":\"Bundle\"}")]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"message\",\"entry\":[1,null,\"x\"]}")]
    [InlineData("{\"resourceType\":7,\"type\":[]}")]
    public async Task What_is_no_message_is_refused(string body)
    {
        await using var at = await EpjFixture.StartAsync();

        var reply = await at.SendAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, reply.Status);
        Assert.Equal(1, at.Epj.Counters.Requests);
    }

    [Fact]
    public async Task The_journal_list_masks_identifiers_unless_asked()
    {
        await using var at = await EpjFixture.StartAsync();
        await at.SendAsync(TestMessages.Alert(header: 1, bundle: 2));

        var masked = await at.GetAsync("journal");
        var shown = await at.GetAsync("journal?identifiers=shown");

        Assert.DoesNotContain(Patient.NationalId, masked, StringComparison.Ordinal);
        Assert.DoesNotContain(at.Epj.Journal[0].ContentKey, masked, StringComparison.Ordinal);
        Assert.Contains(Patient.NationalId, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Patient.NationalId, at.Epj.Journal[0].ToString(), StringComparison.Ordinal);
    }
}
