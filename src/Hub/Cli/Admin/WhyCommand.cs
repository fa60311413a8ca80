using System.CommandLine;
using System.Text;
using System.Text.Json;
using Vkp.Fhir;
using Vkp.Hub.Faces;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>`vkp why MESSAGE`: where a message stands and why, in plain words, and what somebody can do about it. Nothing is opened for it.</summary>
public static class WhyCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The hub's message id, or the vendor's own id of the event" };
        var tenant = new Option<string?>("--tenant") { Description = "One municipality's organisation number (default: all)" };
        var language = new Option<string>("--lang") { Description = "nb, nn or en", DefaultValueFactory = _ => "nb" };
        language.AcceptOnlyFromAmong("nb", "nn", "en");
        var command = new Command("why", "Why a message is held, denied or where it stands, in plain words") { id, tenant, language };
        command.SetAction(async (parsed, ct) =>
        {
            var wanted = parsed.GetRequiredValue(id);
            // What is on a command line stands in its history and in the machine's list of processes.
            if (NationalIdentityNumber.TryParse(wanted, out _)) throw CommandException.IdentityNumberGiven();

            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            using var content = new StringContent(JsonSerializer.Serialize(new TraceQuestion(parsed.GetValue(tenant), wanted), AdminJson.Default.TraceQuestion), Encoding.UTF8, "application/json");
            var told = await admin.PostTextAsync($"admin/trace?as=why&lang={parsed.GetRequiredValue(language)}", content, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(told);
            else foreach (var answer in JsonSerializer.Deserialize(told, AdminJson.Default.IReadOnlyListWhyAnswer)!) Print(answer);
            return 0;
        });
        return command;
    }

    private static void Print(WhyAnswer answer)
    {
        Console.WriteLine($"{answer.MessageId}  {answer.Municipality}  {answer.State}{(answer.Code is null ? "" : $"  {answer.Code}")}");
        foreach (var sentence in answer.Sentences) Console.WriteLine($"  {sentence}");
        if (answer.ToDo is not null) Console.WriteLine($"  -> {answer.ToDo}");
    }
}
