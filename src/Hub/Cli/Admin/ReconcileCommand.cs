using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp reconcile`: a day by party, to compare with what senders and journal systems count themselves.</summary>
public static class ReconcileCommand
{
    public static Command Create()
    {
        var day = new Option<string?>("--day") { Description = "A Norwegian day, yyyy-MM-dd; yesterday when it is not given" };
        var tenant = new Option<string?>("--tenant") { Description = "One municipality, by its organisation number" };
        var command = new Command("reconcile", "A day's messages by sender and journal system: counts, and hashes that both ends can compare") { day, tenant };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var query = string.Join('&', new[] { ("day", parsed.GetValue(day)), ("tenant", parsed.GetValue(tenant)) }.Where(p => p.Item2 is not null).Select(p => $"{p.Item1}={Uri.EscapeDataString(p.Item2!)}"));
            var parties = await admin.GetAsync($"admin/reconciliation?{query}", AdminJson.Default.IReadOnlyListPartyDay, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(parties, AdminJson.Default.IReadOnlyListPartyDay));
            else if (parties.Count == 0) Console.WriteLine("No messages were stored that day.");
            else foreach (var p in parties) Console.WriteLine($"{p.OrgNo} {p.Day} {p.Role,-11} {p.Party,-24} accepted {p.Accepted} = journaled {p.Journaled} + settled {p.Settled} + failed {p.Failed} + open {p.Open}; delivered {p.Delivered}; hash {p.AcceptedHash}");
            return 0;
        });
        return command;
    }
}
