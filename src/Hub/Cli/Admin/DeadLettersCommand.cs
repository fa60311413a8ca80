using System.CommandLine;
using System.Text;
using System.Text.Json;
using Vkp.Hub.DeadLetters;
using Vkp.Hub.Faces;

namespace Vkp.Cli.Admin;

/// <summary>`vkp dead-letters`: what the journal systems refused or left in doubt, by cause, and what a person does about it.</summary>
public static class DeadLettersCommand
{
    private static readonly Option<string?> Tenant = new("--tenant") { Description = "One municipality's organisation number (default: all)", Recursive = true };
    private static readonly Option<string?> Code = new("--code") { Description = "Only this error code, VKP-503", Recursive = true };
    private static readonly Option<string?> Destination = new("--destination") { Description = "Only this destination", Recursive = true };

    public static Command Create()
    {
        var command = new Command("dead-letters", "Messages a journal system refused or left in doubt: by cause, and what to do about them")
        {
            Groups(),
            Show(),
            Act(DeadLetterAct.Retry, "Send again: the same message under a new bundle id"),
            Act(DeadLetterAct.Withdraw, "Must not be journaled; can be taken back with 'restore'"),
            Act(DeadLetterAct.Restore, "Take a withdrawal back: it waits as it did before"),
            Act(DeadLetterAct.Confirm, "Somebody has seen it in the journal: an unknown outcome becomes journaled"),
        };
        command.Add(Tenant);
        command.Add(Code);
        command.Add(Destination);
        return command;
    }

    private static Command Groups()
    {
        var command = new Command("groups", "Everything that waits, by cause, in plain words");
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var groups = await admin.GetAsync($"admin/dead-letters/groups{Query(parsed, withFilter: false)}", AdminJson.Default.IReadOnlyListCauseGroup, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(groups, AdminJson.Default.IReadOnlyListCauseGroup));
            else if (groups.Count == 0) Console.WriteLine("Nothing waits for a person.");
            else foreach (var group in groups) Print(group);
            return 0;
        });
        return command;
    }

    private static void Print(CauseGroup g) => Console.WriteLine($"""
        {g.Count,6}  {g.Cause}
                {g.Advice}
                {g.Code ?? "-"}, {g.OrgNo} to '{g.Destination}', {g.State}; {string.Join(", ", g.Kinds)}; since {g.Oldest:yyyy-MM-dd HH:mm}{(g.Message is null ? "" : $"\n                {g.Message}")}
        """);

    private static Command Show()
    {
        var command = new Command("show", "The messages one by one, at most a thousand");
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var letters = await admin.GetAsync($"admin/dead-letters{Query(parsed, withFilter: true)}", AdminJson.Default.IReadOnlyListParkedLetter, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(letters, AdminJson.Default.IReadOnlyListParkedLetter));
            else foreach (var m in letters) Console.WriteLine($"{m.MessageId}  {m.State,-9}  {m.Code ?? "-",-7}  {m.Destination}  {m.Kind}  occurred {m.OccurredAt:yyyy-MM-dd HH:mm:ss}  {m.Attempts} attempts");
            return 0;
        });
        return command;
    }

    private static Command Act(DeadLetterAct act, string description)
    {
        var ids = Shared.OfIds(new Argument<Guid[]>("id") { Description = "Message ids (default: all that the options choose)", Arity = ArgumentArity.ZeroOrMore });
        var yes = new Option<bool>("--yes") { Description = "Do it; without this only the count is shown" };
        var reason = new Option<string>("--reason") { Description = "Why, for the log", DefaultValueFactory = _ => "not stated" };
        var command = new Command(act.ToString().ToLowerInvariant(), description) { ids, yes, reason };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var chosen = parsed.GetValue(ids) is { Length: > 0 } some ? some : null;
            var selection = new DeadLetterSelection(parsed.GetValue(Tenant), parsed.GetValue(Code), parsed.GetValue(Destination), chosen, parsed.GetRequiredValue(reason));
            using var content = new StringContent(JsonSerializer.Serialize(selection, AdminJson.Default.DeadLetterSelection), Encoding.UTF8, "application/json");
            var last = new Dictionary<string, ActProgress>(StringComparer.Ordinal);
            await foreach (var progress in admin.PostLinesAsync($"admin/dead-letters/{command.Name}?apply={(parsed.GetValue(yes) ? "true" : "false")}", content, AdminJson.Default.ActProgress, ct))
            {
                last[progress.OrgNo] = progress;
                if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(progress, AdminJson.Default.ActProgress));
                else if (!progress.IsDryRun && progress.Total > 0) Console.WriteLine($"{progress.OrgNo}: {command.Name} {progress.Done} of {progress.Total}");
            }

            if (parsed.GetValue(Shared.Json)) return 0;
            var isDryRun = last.Values.Any(p => p.IsDryRun);
            Console.WriteLine(isDryRun
                ? $"{command.Name} would touch {last.Values.Sum(p => p.Total)} messages. Nothing is done yet; repeat with '--yes' to do it."
                : $"Done: {last.Values.Sum(p => p.Done)} messages.");
            return 0;
        });
        return command;
    }

    private static string Query(ParseResult parsed, bool withFilter)
    {
        var parts = new List<string>();
        void Add(string name, string? value)
        {
            if (value is not null) parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        Add("tenant", parsed.GetValue(Tenant));
        if (withFilter)
        {
            Add("code", parsed.GetValue(Code));
            Add("destination", parsed.GetValue(Destination));
        }

        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}
