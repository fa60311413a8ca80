using System.CommandLine;
using System.Text.Json;
using Vkp.Hub;
using Vkp.Hub.Delivery;
using Vkp.Hub.Faces;
using Vkp.Hub.Operations;

namespace Vkp.Cli.Admin;

/// <summary>`vkp status`: where everything is now.</summary>
public static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command("status", "Where every message is: counts per municipality, what is held and why, how far each room has come");
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var report = await admin.GetAsync("admin/status", AdminJson.Default.StatusReport, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(report, AdminJson.Default.StatusReport));
            else Print(report);
            return report.Subscriptions.Any(s => s.StoppedReason is not null) ? 2 : 0;
        });
        return command;
    }

    private static void Print(StatusReport report)
    {
        Console.WriteLine($"environment {report.Environment}, {report.WaitingDeliveries} deliveries waiting on this node");
        foreach (var m in report.Municipalities)
        {
            Console.WriteLine($"\n{m.OrgNo} {m.Name}");
            Console.WriteLine($"  accepted {m.Accepted} = journaled {m.Journaled} + settled {m.Settled} + failed {m.Failed} + open {m.Open}   (log position {m.Position})");
            foreach (var (reason, count) in m.SettledBy) Console.WriteLine($"    settled  {count,6}  {reason}");
            foreach (var (code, count) in m.Held) Console.WriteLine($"    held     {count,6}  {code}   see 'vkp held'");
            foreach (var (code, count) in m.FailedBy) Console.WriteLine($"    failed   {count,6}  {code}");
            foreach (var d in m.Destinations) Console.WriteLine($"  destination {d.Name} ({d.Adapter}, {d.Address}){(d.Paused ? "  PAUSED" : "")}");
            foreach (var s in m.Subscribers) Console.WriteLine($"  subscription {s.Id} of {s.Destination}: {s.Status}{(s.Code is null ? "" : $" {s.Code}")}, {s.Sent} of {s.Last} told{(s.Sent < s.Last ? $", {s.Last - s.Sent} behind" : "")}, last heard {s.HeardAt:yyyy-MM-dd HH:mm:ss}");
            if (m.CanaryAgeSeconds is { } age) Console.WriteLine($"  canary {age:0} s{(age > (Limits.CanaryInterval + Limits.CanaryOverdueAfter).TotalSeconds ? "  OVERDUE: messages may stand still, see 'vkp escalations'" : "")}");
            PrintOverdue(m.Overdue);
        }

        Console.WriteLine();
        foreach (var s in report.Subscriptions)
        {
            var state = s.StoppedReason is { } reason ? $"STOPPED: {reason}" : s.Behind == 0 ? "up to date" : $"{s.Behind} behind";
            Console.WriteLine($"  {s.Name,-10} {s.Tenant:D9} at {s.Position} of {s.Head}: {state}{(s.Lease is { } lease ? $"  (process {lease.Owner:N} until {lease.Until:HH:mm:ss}, epoch {lease.Epoch})" : "")}");
        }
    }

    private static void PrintOverdue(OverdueDeliveries overdue)
    {
        const int Shown = 10;
        if (overdue.Count == 0) return;
        Console.WriteLine($"  OVERDUE {overdue.Count}{(overdue.More ? " or more" : "")}: not taken by the journal system within the hour, or not answered within a day");
        foreach (var d in overdue.First.Take(Shown)) Console.WriteLine($"    {d.Waits,-10}  {d.MessageId}  {d.Destination}  {d.Kind}  since {d.TakenAt ?? d.RegisteredAt:yyyy-MM-dd HH:mm:ss}");
        if (overdue.Count > Shown) Console.WriteLine("    more with --json");
    }
}
