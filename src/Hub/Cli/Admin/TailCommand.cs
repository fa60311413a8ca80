using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp tail`: every fact as it happens.</summary>
public static class TailCommand
{
    public static Command Create()
    {
        var command = new Command("tail", "Follow the hub live: one line per fact, without personal data");
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var json = parsed.GetValue(Shared.Json);
            var story = new LiveLines();
            try
            {
                await foreach (var line in admin.FollowAsync("admin/tail", AdminJson.Default.TailLine, standing: null, ct))
                {
                    if (json) Console.WriteLine(JsonSerializer.Serialize(line, AdminJson.Default.TailLine));
                    else if (story.Tell(line) is { } text) Console.WriteLine(text);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                // Ctrl-C is how a tail ends.
            }

            return 0;
        });
        return command;
    }
}
