using System.CommandLine;
using System.Text;
using System.Text.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>`vkp shred`: the end of one patient's data.</summary>
public static class ShredCommand
{
    private static readonly Argument<string> OrgNo = new("orgnr") { Description = "The municipality's organisation number" };

    public static Command Create()
    {
        var reason = new Option<string>("--reason") { Description = "Why; it is kept and stands on the receipt", Required = true };
        var yes = new Option<bool>("--yes") { Description = "Do it; it can never be undone" };
        var command = new Command("shred", "Make everything about one patient unreadable for good; the identity number is asked for, the signed receipt printed") { OrgNo, reason, yes };
        command.SetAction(async (parsed, ct) =>
        {
            if (!parsed.GetValue(yes))
            {
                Console.WriteLine("Nothing is done. Shredding can never be undone: what is in the journal stays there, what is here is gone. Repeat with '--yes' to do it.");
                return 0;
            }

            var request = new ShreddingRequest(parsed.GetRequiredValue(OrgNo), new TracePatient(null, PromptedNumber.Read()), parsed.GetRequiredValue(reason));
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            using var content = new StringContent(JsonSerializer.Serialize(request, AdminJson.Default.ShreddingRequest), Encoding.UTF8, "application/json");
            Console.WriteLine(await admin.PostTextAsync("admin/shred", content, ct));
            return 0;
        });
        return command;
    }
}
