using System.CommandLine;
using System.Text;
using System.Text.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Handover;

namespace Vkp.Cli.Admin;

/// <summary>`vkp handover`: a journal system's history to a new one, while live traffic runs.</summary>
public static class HandoverCommand
{
    private static readonly Argument<string> OrgNo = new("orgnr") { Description = "The municipality's organisation number" };

    public static Command Create() => new("handover", "A new journal system gets the old one's history, in order; one person plans, another approves") { Plan(), Approve() };

    private static Command Plan()
    {
        var from = new Option<string>("--from") { Description = "The destination whose history it is", Required = true };
        var to = new Option<string>("--to") { Description = "The new destination's name", Required = true };
        var adapter = new Option<string>("--adapter") { Description = "Its adapter, 'fhir-messaging'", Required = true };
        var address = new Option<string>("--address") { Description = "Its address", Required = true };
        var setting = new Option<string[]>("--setting") { Description = "NAME=VALUE for its adapter; can be repeated" };
        var since = new Option<DateTimeOffset?>("--since") { Description = "Only what occurred from then on (default: everything)" };
        var purpose = new Option<string>("--purpose") { Description = "Why; it is kept", Required = true };
        var command = new Command("plan", "Register the new destination, paused, and see how much it would get") { OrgNo, from, to, adapter, address, setting, since, purpose };
        command.SetAction(async (parsed, ct) =>
        {
            var settings = (parsed.GetValue(setting) ?? []).Select(one => one.Split('=', 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            var request = new HandoverRequest(
                parsed.GetRequiredValue(OrgNo), parsed.GetRequiredValue(from), parsed.GetRequiredValue(to), parsed.GetRequiredValue(adapter), parsed.GetRequiredValue(address),
                new SortedDictionary<string, string>(settings, StringComparer.Ordinal), parsed.GetValue(since), parsed.GetRequiredValue(purpose));
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            using var content = new StringContent(JsonSerializer.Serialize(request, AdminJson.Default.HandoverRequest), Encoding.UTF8, "application/json");
            var status = await admin.PostAsync("admin/handovers", content, AdminJson.Default.HandoverStatus, ct);
            Print(parsed, status, $"{status.Messages} documents would go to '{status.To}'. Somebody else starts it with 'vkp handover approve {status.OrgNo} {status.HandoverId}'.");
            return 0;
        });
        return command;
    }

    private static Command Approve()
    {
        var id = new Argument<Guid>("handover") { Description = "The id, as 'plan' printed it" };
        var command = new Command("approve", "Copy, cut over, and open the new destination; not by the one who planned it") { OrgNo, id };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var path = $"admin/handovers/{Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo))}/{parsed.GetRequiredValue(id)}/approve";
            var status = await admin.PostAsync(path, null, AdminJson.Default.HandoverStatus, ct);
            Print(parsed, status, $"'{status.To}' gets everything from now on, after {status.Messages} documents of history; cut over at position {status.CutOver}.");
            return 0;
        });
        return command;
    }

    private static void Print(ParseResult parsed, HandoverStatus status, string text) =>
        Console.WriteLine(parsed.GetValue(Shared.Json) ? JsonSerializer.Serialize(status, AdminJson.Default.HandoverStatus) : text);
}
