using System.Collections.Concurrent;
using Npgsql;
using NpgsqlTypes;
using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Acknowledgement;
using Vkp.Hub.Canary;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Routing;

/// <summary>
/// Turns each page of accepted messages into deliveries, settled messages and waiting cases, in one transaction with its checkpoint:
/// a message is routed once, whatever dies.
/// </summary>
public sealed class RoutingSubscription(EventLog store, MunicipalityRegistry registry, TimeProvider time)
{
    private readonly ConcurrentDictionary<int, bool> isFetched = new();

    public async Task HandleAsync(SubscriptionPage page, CancellationToken ct)
    {
        var messages = page.Events
            .Where(e => e.Type is MessageEvents.Accepted or MessageEvents.Released or Canaries.SentEvent)
            .Select(e => (Event: e, Metadata: EventMetadata.Parse(e.Metadata)))
            .Select(m => (m.Event, m.Metadata, Message: RoutedMessage.From(m.Metadata, m.Event.Position)))
            .ToList();
        var municipality = await registry.CurrentAsync(page.Tenant, ct);
        isFetched[page.Tenant] = municipality.Destinations.Values.Any(d => d.Fetches);
        if (messages.Count == 0) return;

        var cases = await CaseStore.ReadAsync(
            page.Transaction, page.Tenant,
            [.. messages.Where(m => HasCases(m.Message)).Select(m => m.Event.Stream.ToString()).Distinct(StringComparer.Ordinal)],
            [.. messages.SelectMany(m => m.Message.CaseKeys.Concat(m.Message.AboutKeys)).Distinct(StringComparer.Ordinal)],
            ct);
        var facts = new List<AppendRequest>();
        var deliveries = new List<NewDelivery>();
        var summaries = new List<SummaryItem>();
        foreach (var (recorded, metadata, message) in messages)
        {
            var stream = recorded.Stream.ToString();
            if (recorded.Type == Canaries.SentEvent)
            {
                // About nobody: no case, no policy, and the hub's own sink for a journal system.
                deliveries.Add(new NewDelivery(new Destination(Canaries.Sink, Canaries.Sink, ""), stream, recorded, metadata, message, DocumentPlan.Of(message)));
                continue;
            }

            var decision = Router.Decide(message, cases.Of(stream), municipality);
            cases.Remember(stream, decision.Entries);
            facts.AddRange(decision.Settled.Select(s => new AppendRequest(recorded.Tenant, recorded.Stream, [Fact(metadata, s)])));
            if (decision.Document is { InSummary: true } part) summaries.Add(SummaryItem.Of(message, stream, part, time.GetUtcNow()));
            else if (decision.Document is { } document) deliveries.AddRange(Receivers(metadata, municipality).Select(to => new NewDelivery(to, stream, recorded, metadata, message, document)));
        }

        await WriteAsync(page, cases, deliveries, ct);
        var offers = deliveries.Where(d => d.Destination.Fetches).Select(d => d.ToOffer()).ToList();
        if (offers.Count > 0) await Offers.WriteAsync(page.Transaction, page.Tenant, offers, ct);
        var corrections = messages.Where(m => m.Metadata.Corrects is not null).GroupBy(m => m.Metadata.Corrects!.Value).ToDictionary(g => g.Key, g => g.Last().Metadata);
        if (corrections.Count > 0) facts.AddRange(await Offers.SupersedeAsync(page.Transaction, page.Tenant, corrections, ct));
        if (summaries.Count > 0) await SummaryItem.WriteAsync(page.Transaction, page.Tenant, summaries, ct);
        if (facts.Count > 0) await store.AppendAsync(page.Transaction, facts, ct);
    }

    /// <summary>Whether a journal system of the municipality fetches its documents: then there may be something to tell it after a page.</summary>
    public bool IsFetched(int tenant) => isFetched.GetValueOrDefault(tenant);

    /// <summary>Every id towards an EPJ is derived, so that routing again after a crash makes the same ones.</summary>
    public static Guid BundleId(Guid messageId, string destination) => DeterministicId.From("bundle", messageId.ToString("N"), destination);

    /// <summary>Sent again by a person: the message's id as before, and a new bundle id for each time.</summary>
    /// <param name="resends">How often it has been sent again, this time included.</param>
    public static Guid BundleId(Guid messageId, string destination, int resends) => DeterministicId.From("bundle", messageId.ToString("N"), destination, $"resend-{resends}");

    /// <summary>A correction concerns those who have what it corrects. What is for one that is not there any more waits for it, and is seen to wait.</summary>
    private static IEnumerable<Destination> Receivers(EventMetadata metadata, RegistryState municipality) => metadata.GoesTo is { } named
        ? named.Select(name => municipality.Destinations.GetValueOrDefault(name) ?? new Destination(name, "", ""))
        : municipality.Destinations.Values;

    private static bool HasCases(RoutedMessage message) =>
        message.CaseKeys.Count > 0 || message.AboutKeys.Count > 0 || message.EndsKeys.Count > 0 || message.GroupKey is not null;

    /// <summary>Messages of one case come from one system: keys are bound to it.</summary>
    private static NewEvent Fact(EventMetadata cause, Settling settling) =>
        MessageFacts.Settled(cause with { MessageId = settling.MessageId, Kind = settling.Kind, Lane = settling.Lane }, settling.Reason, settling.InDocumentOf);

    /// <summary>Cases and deliveries, in one round trip: every message waits for it.</summary>
    private async Task WriteAsync(SubscriptionPage page, CaseStore cases, List<NewDelivery> deliveries, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(page.Transaction.Connection, page.Transaction);
        cases.Write(batch, page.Tenant);
        if (deliveries.Count > 0) batch.BatchCommands.Add(WriteDeliveries(page.Tenant, deliveries, time.GetUtcNow()));
        if (batch.BatchCommands.Count > 0) await batch.ExecuteNonQueryAsync(ct);
    }

    private static NpgsqlBatchCommand WriteDeliveries(int tenant, List<NewDelivery> rows, DateTimeOffset now)
    {
        var command = new NpgsqlBatchCommand(Sql.Text("Routing.write-deliveries.sql")) { Parameters = { new() { Value = tenant } } };
        var columns = command.Parameters;
        columns.AddColumn(NpgsqlDbType.Bigint, rows, r => r.Message.Position);
        columns.AddTexts(rows, r => r.Destination.Name);
        columns.AddColumn(NpgsqlDbType.Uuid, rows, r => r.Message.Id);
        columns.AddColumn(NpgsqlDbType.Uuid, rows, r => BundleId(r.Message.Id, r.Destination.Name));
        columns.AddTexts(rows, r => r.Stream);
        columns.AddColumn(NpgsqlDbType.Smallint, rows, r => (short)r.Message.Lane);
        columns.AddLists(rows, r => r.Document.Content);
        columns.AddLists(rows, r => r.Document.Context);
        columns.AddLists(rows, r => r.Document.Settles.Select(s => s.Position));
        columns.AddLists(rows, r => r.Document.Settles.Select(s => s.Reason));
        columns.AddColumn(NpgsqlDbType.TimestampTz, rows, _ => now);
        columns.AddColumn(NpgsqlDbType.Boolean, rows, r => r.Destination.IsPulled);
        return command;
    }

    private sealed record NewDelivery(Destination Destination, string Stream, RecordedEvent Event, EventMetadata Metadata, RoutedMessage Message, DocumentPlan Document)
    {
        public Offer ToOffer() => new(
            Destination.Name, Message.Position, Message.Id, Offer.FormOf(Metadata.Form, Document.Content.Count + Document.Context.Count),
            Metadata.Source!, Metadata.SourceSystem, Event.RecordedAt);
    }
}
