using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp held`: what waits for somebody to put something right.</summary>
public static class HeldCommand
{
    public static Command Create()
    {
        var command = new Command("held", "Messages that are kept but cannot go on yet, and why");
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var held = await admin.GetAsync("admin/held", AdminJson.Default.IReadOnlyListHeldMessage, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(held, AdminJson.Default.IReadOnlyListHeldMessage));
            else if (held.Count == 0) Console.WriteLine("Nothing is held.");
            else foreach (var m in held) Console.WriteLine($"{m.Code}  {m.MessageId}  {m.Municipality}  {m.Source}  {m.Kind}  occurred {m.OccurredAt:yyyy-MM-dd HH:mm:ss}");
            return 0;
        });
        command.Add(Release());
        return command;
    }

    private static Command Release()
    {
        var id = new Argument<Guid>("id") { Description = "The message id" };
        var command = new Command("release", "Try a held message again, when what it waited for is in place") { id };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var wanted = parsed.GetValue(id);
            var held = await admin.GetAsync("admin/held", AdminJson.Default.IReadOnlyListHeldMessage, ct);
            var municipality = held.FirstOrDefault(h => h.MessageId == wanted)?.Municipality
                ?? throw new CommandException("VKP-121", $"Message '{wanted}' is not held.", "See 'vkp held' and 'vkp trace'.", 65);
            var answer = await admin.PostAsync($"admin/held/{municipality}/{wanted}/release", null, AdminJson.Default.ReleaseAnswer, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(answer, AdminJson.Default.ReleaseAnswer));
            else if (answer.Released) Console.WriteLine($"{wanted} goes on; follow it with 'vkp trace {wanted}'.");
            else foreach (var reason in answer.StillHeld) Console.WriteLine($"still held: {reason.Code} {reason.Message} Hint: {reason.Hint}");
            return answer.Released ? 0 : 2;
        });
        return command;
    }
}
