using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Privacy;

namespace Vkp.Cli.Admin;

/// <summary>`vkp key`: which key wraps what, and changing them while the hub works.</summary>
public static class KeyCommand
{
    public static Command Create() => new("key", "The keys that seal what is stored: where each stands, and changing them beside a hub that runs")
    {
        New(),
        Act("status", "Which master key wraps each municipality's keys, and how many an earlier one still wraps", (admin, ct) => admin.GetAsync("admin/keys", AdminJson.Default.IReadOnlyListKeyStanding, ct)),
        Act(
            "rotate-master", "Wrap every municipality's keys with the first of the hub's master keys; may be run again",
            (admin, ct) => admin.PostAsync("admin/keys/master/rewrap", null, AdminJson.Default.IReadOnlyListKeyStanding, ct)),
        Rotate(),
    };

    private static Command New()
    {
        var command = new Command("new", "Print a new master key. Put it where the hub reads its own, first beside the old one");
        command.SetAction(_ => Console.WriteLine(MasterKey.NewText()));
        return command;
    }

    private static Command Rotate()
    {
        var municipality = new Argument<string>("orgnr") { Description = "The municipality's organisation number" };
        var command = new Command("rotate", "Give a municipality a new key and wrap all its patients' keys with it; may be run again") { municipality };
        command.SetAction((parsed, ct) => RunAsync(
            parsed, (admin, cancel) => admin.PostAsync($"admin/keys/{Uri.EscapeDataString(parsed.GetRequiredValue(municipality))}/rotate", null, AdminJson.Default.IReadOnlyListKeyStanding, cancel), ct));
        return command;
    }

    private static Command Act(string verb, string description, Func<AdminClient, CancellationToken, Task<IReadOnlyList<KeyStanding>>> act)
    {
        var command = new Command(verb, description);
        command.SetAction((parsed, ct) => RunAsync(parsed, act, ct));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Func<AdminClient, CancellationToken, Task<IReadOnlyList<KeyStanding>>> act, CancellationToken ct)
    {
        using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
        var standings = await act(admin, ct);
        if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(standings, AdminJson.Default.IReadOnlyListKeyStanding));
        else foreach (var s in standings) Print(s);
        return standings.Any(s => s.UnderOtherMasters > 0) ? 2 : 0;
    }

    private static void Print(KeyStanding s)
    {
        var others = s.UnderOtherMasters > 0 ? $", {s.UnderOtherMasters} STILL UNDER ANOTHER: keep it, and run 'vkp key rotate-master'" : "";
        var older = s.StreamKeysUnderOlder > 0 ? $", {s.StreamKeysUnderOlder} still under an older: run 'vkp key rotate {s.OrgNo}' again" : "";
        Console.WriteLine($"{s.OrgNo}  {s.UnderMaster} under master key {s.MasterKey}{others}; {s.StreamKeys} patients' and other keys under generation {s.Generation}{older}");
    }
}
