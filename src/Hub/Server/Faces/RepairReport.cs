using System.Globalization;
using Vkp.EventStore;
using Vkp.Fhir.Model;
using Vkp.Hub.Intake;
using Vkp.Hub.Projections;

namespace Vkp.Hub.Faces;

/// <summary>
/// What lenient reading put right, as the sender was told when the message came: place, rule and what to send instead. A developer works through it before the
/// move to a face that is strict. It names places, never values.
/// </summary>
public sealed class RepairReport(MessageReader messages, EventLog store)
{
    /// <summary>Of one message. Without repairs it says that there were none.</summary>
    public async Task<OperationOutcome> OfMessageAsync(MessageRow row, CancellationToken ct)
    {
        var recorded = await store.ReadLogAsync(row.Tenant, row.Position - 1, 1, ct);
        var outcome = Outcome.Of(EventMetadata.Parse(recorded[0].Metadata).Issues ?? [], areErrors: false);
        outcome.Id = row.MessageId.ToString("D");
        return outcome;
    }

    /// <summary>Of every message of a sender that needed repair, oldest first, a page at a time: a Bundle of OperationOutcomes, each under its message's id.</summary>
    /// <param name="link">The address of the next page, given its cursor.</param>
    public async Task<Bundle> OfSenderAsync(Sender sender, long afterPosition, Func<string, string> link, CancellationToken ct)
    {
        var rows = await messages.RepairedAsync(sender.Tenant, sender.Client.VkpId, afterPosition, Limits.RepairPageMessagesMax, ct);
        var bundle = new Bundle { Type = Bundle.BundleType.Collection };
        foreach (var row in rows) bundle.Entry.Add(new Bundle.EntryComponent($"urn:uuid:{row.MessageId:D}", await OfMessageAsync(row, ct)));
        if (rows.Count == Limits.RepairPageMessagesMax)
        {
            bundle.Link.Add(new Bundle.LinkComponent { Relation = "next", Url = link(rows[^1].Position.ToString(CultureInfo.InvariantCulture)) });
        }

        return bundle;
    }

    /// <summary>Where a page begins; no cursor = at the first message.</summary>
    public static bool TryCursor(string? cursor, out long afterPosition)
    {
        afterPosition = 0;
        return cursor is null || long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out afterPosition);
    }
}
