using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp escalations`: what somebody must act on. Exit code 2 while anything stands.</summary>
public static class EscalationsCommand
{
    public static Command Create()
    {
        var command = new Command("escalations", "What somebody must act on now, and what was over within the last day");
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var all = await admin.GetAsync("admin/escalations", AdminJson.Default.IReadOnlyListEscalationAnswer, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(all, AdminJson.Default.IReadOnlyListEscalationAnswer));
            else if (all.Count == 0) Console.WriteLine("Nothing needs anybody.");
            else foreach (var e in all) Console.WriteLine($"{(e.ClearedAt is null ? "OPEN" : "over"),-5} {e.OrgNo} {e.Kind,-11} {e.Subject}  since {e.Since:yyyy-MM-dd HH:mm:ss}, {e.Count} in all");
            return all.Any(e => e.ClearedAt is null) ? 2 : 0;
        });
        return command;
    }
}
