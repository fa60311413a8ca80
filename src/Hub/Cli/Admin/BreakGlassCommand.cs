using System.CommandLine;
using System.Text.Json;
using Vkp.Hub;
using Vkp.Hub.Faces;
using Vkp.Hub.Staff;

namespace Vkp.Cli.Admin;

/// <summary>`vkp break-glass`: content for somebody who sees what happens and cannot wait, and the review after it.</summary>
public static class BreakGlassCommand
{
    private static readonly Argument<string> OrgNo = new("orgnr") { Description = "The municipality's organisation number" };
    private static readonly Argument<Guid> Id = new("id") { Description = "The access, as 'open' and 'list' print it" };

    public static Command Create() => new("break-glass", "Nødtilgang: open content when it cannot wait; everybody is told, and another person reviews it") { Open(), Close(), List(), Review() };

    private static Command Open()
    {
        var reason = new Option<string>("--reason") { Description = "Why it cannot wait, in a sentence; it is kept and read", Required = true };
        var minutes = new Option<int>("--minutes") { Description = $"For how long, at most {Limits.BreakGlassMinutesMax}", DefaultValueFactory = _ => Limits.BreakGlassMinutesDefault };
        return Act("open", "Open content in this municipality to yourself for a while; then 'vkp trace --tenant ORGNR --purpose ...'", [OrgNo], [reason, minutes],
            parsed => (Path(parsed), new BreakGlassRequest(parsed.GetRequiredValue(reason), parsed.GetValue(minutes))));
    }

    private static Command Close() => Act("close", "Close it before its time", [OrgNo, Id], [], parsed => ($"{Path(parsed)}/{parsed.GetValue(Id)}/close", null));

    private static Command Review()
    {
        var finding = new Option<string>("--finding") { Description = "What you found, in a sentence; it is kept", Required = true };
        return Act("review", "Say that you have looked at what another person opened, and what you found", [OrgNo, Id], [finding],
            parsed => ($"{Path(parsed)}/{parsed.GetValue(Id)}/review", new BreakGlassRequest(parsed.GetRequiredValue(finding))));
    }

    private static Command List()
    {
        var command = new Command("list", "Who has opened content for herself, why, what was shown, and what waits for a review (exit code 2)") { OrgNo };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var all = await admin.GetAsync(Path(parsed), AdminJson.Default.IReadOnlyListOpenedAccess, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(all, AdminJson.Default.IReadOnlyListOpenedAccess));
            else foreach (var access in all) Print(access);
            return all.Any(access => access.State == "over") ? 2 : 0;
        });
        return command;
    }

    private static Command Act(string verb, string description, IReadOnlyList<Argument> arguments, IReadOnlyList<Option> options, Func<ParseResult, (string Path, BreakGlassRequest? Body)> ask)
    {
        var command = new Command(verb, description);
        foreach (var argument in arguments) command.Add(argument);
        foreach (var option in options) command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var (path, body) = ask(parsed);
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var access = await admin.PostAsync(path, body is null ? null : AdminClient.Json(body, AdminJson.Default.BreakGlassRequest), AdminJson.Default.OpenedAccess, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(access, AdminJson.Default.OpenedAccess));
            else Print(access);
            return 0;
        });
        return command;
    }

    private static string Path(ParseResult parsed) => $"admin/break-glass/{Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo))}";

    private static void Print(OpenedAccess access)
    {
        Console.WriteLine($"{access.Id}  {access.State}  {access.Subject}  {access.OpenedAt.ToLocalTime():yyyy-MM-dd HH:mm} to {(access.ClosedAt ?? access.Until).ToLocalTime():HH:mm}: {access.Reason}");
        if (access.Opened.Count > 0) Console.WriteLine($"  shown: {string.Join(", ", access.Opened)}");
        if (access.ReviewedBy is not null) Console.WriteLine($"  reviewed by {access.ReviewedBy}: {access.Review}");
    }
}
