using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.EventStore.Subscriptions;
using Vkp.Hub.Projections;
using Vkp.Hub.Registry;

namespace Vkp.Hub.SelfTest;

/// <summary>Looks at what a vendor's test system has sent since a time, as a list to work through. It only reads: the vendor sends as it always does.</summary>
public sealed class VendorSelfTest(EventLog store, MunicipalityRegistry registry, MessageReader messages, Subscription projection, Refusals refusals, TimeProvider time)
{
    /// <summary>One checklist for each client that speaks the vendor's format.</summary>
    /// <param name="tenants">The municipalities to look in.</param>
    /// <param name="client">Only this client; null = all of the format.</param>
    /// <param name="expected">The kinds to look for; null = the whole catalogue.</param>
    public async Task<IReadOnlyList<VendorChecklist>> RunAsync(IReadOnlyList<int> tenants, IVendorAdapter vendor, string? client, IReadOnlyList<string>? expected, DateTimeOffset since, CancellationToken ct)
    {
        var lists = new List<VendorChecklist>();
        foreach (var tenant in tenants)
        {
            var municipality = await registry.CurrentAsync(tenant, ct);
            foreach (var system in municipality.Clients.Values.Where(c => c.Vendor == vendor.Info.Name && (client is null || c.ClientId == client)))
                lists.Add(await OfAsync(vendor, municipality, system, expected, since, ct));
        }

        return lists;
    }

    private async Task<VendorChecklist> OfAsync(
        IVendorAdapter vendor, RegistryState municipality, VendorClient system, IReadOnlyList<string>? expected, DateTimeOffset since, CancellationToken ct)
    {
        var (seen, isCut) = await SeenAsync(municipality.Tenant, system.VkpId, since, ct);
        var refused = refusals.Of(municipality.Tenant, system.VkpId, since);
        var (checks, findings) = VendorChecklist.Judge(expected ?? [.. vendor.Kinds.Select(kind => kind.Name)], seen, refused);
        return new VendorChecklist(
            vendor.Info.Name, municipality.OrgNo, system.ClientId, since, time.GetUtcNow(), seen.Count, refused.Count, isCut,
            checks, findings, VendorChecklist.OfUnknown(refusals.OfUnknownSenders(since)));
    }

    private async Task<(IReadOnlyList<SeenMessage> Seen, bool IsCut)> SeenAsync(int tenant, string source, DateTimeOffset since, CancellationToken ct)
    {
        await projection.WaitUntilAsync(tenant, await store.HeadAsync(tenant, ct), Limits.ReadYourWritesTimeout, ct);
        var filter = new LogFilter { Types = [MessageEvents.Accepted, MessageEvents.Held], Source = source, From = since };
        var events = await store.ReadLogAsync(tenant, 0, Limits.SelfTestMessagesMax, filter, ct);
        var told = events.Select(recorded => EventMetadata.Parse(recorded.Metadata)).Where(metadata => metadata.MessageId is not null).ToList();
        var rows = (await messages.FindAsync(tenant, [.. told.Select(metadata => metadata.MessageId!.Value)], ct)).ToDictionary(row => row.MessageId);
        var seen = told.Select(metadata => rows.TryGetValue(metadata.MessageId!.Value, out var row)
            ? new SeenMessage(row.MessageId, metadata.Kind!, row.State, row.Reason, IssuesOf(row, metadata))
            : new SeenMessage(metadata.MessageId!.Value, metadata.Kind!, MessageStates.Registered, null, metadata.Issues ?? []));
        return ([.. seen], events.Count == Limits.SelfTestMessagesMax);
    }

    /// <summary>What held a message is over once it goes on; what was put right stays put right.</summary>
    private static IReadOnlyList<VkpError> IssuesOf(MessageRow row, EventMetadata metadata) =>
        metadata.Code is not null && row.State is not (MessageStates.Held or MessageStates.Rejected) ? [] : metadata.Issues ?? [];
}
