using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Operations;

namespace Vkp.Cli.Admin;

/// <summary>`vkp held`: what waits for somebody to put something right.</summary>
public static class HeldCommand
{
    public static Command Create()
    {
        var command = new Command("held", "Messages that are kept but cannot go on yet, and why") { Groups(), Show(), Release(), Reject() };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var held = await AllAsync(admin, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(held, AdminJson.Default.IReadOnlyListHeldMessage));
            else if (held.Count == 0) Console.WriteLine("Nothing is held.");
            else foreach (var m in held) Console.WriteLine($"{m.Code}  {m.MessageId}  {m.Municipality}  {m.Source}  {m.Lane,-8}  {m.Kind}  occurred {m.OccurredAt:yyyy-MM-dd HH:mm:ss}");
            return 0;
        });
        return command;
    }

    private static Command Groups()
    {
        var command = new Command("groups", "How many are held for which reason");
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var groups = await admin.GetAsync("admin/held/groups", AdminJson.Default.IReadOnlyListHeldGroup, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(groups, AdminJson.Default.IReadOnlyListHeldGroup));
            else if (groups.Count == 0) Console.WriteLine("Nothing is held.");
            else foreach (var g in groups) Console.WriteLine($"{g.Code}  {g.Municipality}  {g.Count,6}  oldest {g.Oldest:yyyy-MM-dd HH:mm:ss}  {string.Join(", ", g.ByKind.Select(k => $"{k.Key} {k.Value}"))}");
            return 0;
        });
        return command;
    }

    private static Command Show() => OfOne("show", "Why one message is held, what to do, and when it is rejected by the clock", [], async (admin, message, parsed, ct) =>
    {
        var detail = await admin.GetAsync($"admin/held/{message.Municipality}/{message.MessageId}", AdminJson.Default.HeldDetail, ct);
        if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(detail, AdminJson.Default.HeldDetail));
        else Print(detail);
        return 0;
    });

    private static void Print(HeldDetail detail)
    {
        Console.WriteLine($"{detail.Message.MessageId}  {detail.Message.Kind} from {detail.Message.Source}, occurred {detail.Message.OccurredAt:yyyy-MM-dd HH:mm:ss}, held since {detail.Message.RegisteredAt:yyyy-MM-dd HH:mm:ss}");
        foreach (var reason in detail.Reasons) Console.WriteLine($"  {reason.Code} {reason.Message}\n  {reason.Hint}");
        Console.WriteLine(detail.RejectedAt is { } at ? $"  rejected back to its vendor at {at:yyyy-MM-dd HH:mm:ss} if nothing changes" : "  an alarm: it waits for a person, never for the clock");
    }

    private static Command Release()
    {
        var confirm = new Option<bool>("--confirm") { Description = "I have looked at what is doubtful, and it is right" };
        return OfOne("release", "Try a held message again, when what it waited for is in place", [confirm], async (admin, message, parsed, ct) =>
        {
            var path = $"admin/held/{message.Municipality}/{message.MessageId}/release?confirm={(parsed.GetValue(confirm) ? "true" : "false")}";
            return Tell(parsed, message, await admin.PostAsync(path, null, AdminJson.Default.ReleaseAnswer, ct), "goes on; follow it with 'vkp trace'");
        });
    }

    private static Command Reject() => OfOne("reject", "Give a held message back to its vendor, who sees why in its status", [], async (admin, message, parsed, ct) =>
        Tell(parsed, message, await admin.PostAsync($"admin/held/{message.Municipality}/{message.MessageId}/reject", null, AdminJson.Default.ReleaseAnswer, ct), "is rejected back to its vendor"));

    private static int Tell(ParseResult parsed, HeldMessage message, ReleaseAnswer answer, string done)
    {
        if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(answer, AdminJson.Default.ReleaseAnswer));
        else if (answer.Released) Console.WriteLine($"{message.MessageId} {done}.");
        else foreach (var reason in answer.StillHeld) Console.WriteLine($"still held: {reason.Code} {reason.Message} Hint: {reason.Hint}");
        return answer.Released ? 0 : 2;
    }

    private static Command OfOne(string verb, string description, IReadOnlyList<Option> options, Func<AdminClient, HeldMessage, ParseResult, CancellationToken, Task<int>> act)
    {
        var id = new Argument<Guid>("id") { Description = "The message id" };
        var command = new Command(verb, description) { id };
        foreach (var option in options) command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var wanted = parsed.GetValue(id);
            var message = (await AllAsync(admin, ct)).FirstOrDefault(h => h.MessageId == wanted)
                ?? throw new CommandException("VKP-121", $"Message '{wanted}' is not held.", "See 'vkp held' and 'vkp trace'.", 65);
            return await act(admin, message, parsed, ct);
        });
        return command;
    }

    private static Task<IReadOnlyList<HeldMessage>> AllAsync(AdminClient admin, CancellationToken ct) => admin.GetAsync("admin/held", AdminJson.Default.IReadOnlyListHeldMessage, ct);
}
