using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.Replay;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>`vkp replay`: stored messages gone through again beside live traffic: an audit, which touches nobody, documents sent again, or documents corrected; and `vkp diff`, the audit in one go.</summary>
public static class ReplayCommand
{
    private static readonly Argument<string> OrgNo = new("orgnr") { Description = "The municipality's organisation number" };
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LaterLooks = TimeSpan.FromSeconds(1);
    private static readonly Argument<Guid> Id = new("replay") { Description = "The replay's id, as 'plan' printed it" };

    public static Command Create() => new("replay", "Go through stored messages again: an audit, which sends nothing to anybody, '--as resend' or '--as correct'")
    {
        Plan(),
        Act("approve", "Let run what sends and is large or goes to a live journal; not by the one who planned it"),
        Act("run", "Start what was planned; shows progress until it is done"),
        Act("pause", "Stop for a while"),
        Act("resume", "Go on after a pause"),
        Act("abort", "Stop for good"),
        Status(),
        Report(),
    };

    public static Command CreateDiff()
    {
        var selection = new ReplayOptions();
        var message = new Option<Guid?>("--message") { Description = "One message: its FHIR and note then and now (needs --purpose)" };
        var command = new Command("diff", "What today's translators would make of stored messages, by kind of change") { OrgNo, message };
        selection.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(message) is { } one) return await ShowAsync(parsed, selection, one, ct);
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var planned = await PlanAsync(admin, parsed, selection, ct);
            await admin.PostAsync($"admin/replays/{planned.OrgNo}/{planned.ReplayId}/run", null, AdminJson.Default.ReplayStatus, ct);
            return await FollowAsync(admin, parsed, planned.OrgNo, planned.ReplayId, ct);
        });
        return command;
    }

    private static Command Plan()
    {
        var selection = new ReplayOptions(
            new Option<string>("--as") { Description = "'audit': translate again and compare; 'resend': the same documents again, under the same message ids; 'correct': where a document has become another, one that replaces it", DefaultValueFactory = _ => ReplayKinds.Audit }.AcceptOnlyFromAmong([.. ReplayKinds.All]),
            new Option<bool>("--dry-run") { Description = "Go through everything, send nothing, and report what would be sent" });
        var command = new Command("plan", "Choose messages and see how many they are and what would become of them; nothing runs yet") { OrgNo };
        selection.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var planned = await PlanAsync(admin, parsed, selection, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(planned, AdminJson.Default.ReplayStatus));
            else PrintPlan(planned);
            return 0;
        });
        return command;
    }

    private static Command Act(string act, string description)
    {
        var command = new Command(act, description) { OrgNo, Id };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var (orgNo, id) = (parsed.GetRequiredValue(OrgNo), parsed.GetRequiredValue(Id));
            var status = await admin.PostAsync($"admin/replays/{Uri.EscapeDataString(orgNo)}/{id}/{act}", null, AdminJson.Default.ReplayStatus, ct);
            if (act == "run") return await FollowAsync(admin, parsed, orgNo, id, ct);
            Print(parsed, status);
            return 0;
        });
        return command;
    }

    private static Command Status()
    {
        var id = Shared.OfIds(new Argument<Guid?>("replay") { Description = "One replay (default: all)", Arity = ArgumentArity.ZeroOrOne });
        var command = new Command("status", "How far replays have come") { OrgNo, id };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var orgNo = Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo));
            if (parsed.GetValue(id) is { } one)
            {
                Print(parsed, await admin.GetAsync($"admin/replays/{orgNo}/{one}", AdminJson.Default.ReplayStatus, ct));
                return 0;
            }

            var told = await admin.GetAsync($"admin/replays/{orgNo}", AdminJson.Default.IReadOnlyListReplayStatus, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(told, AdminJson.Default.IReadOnlyListReplayStatus));
            else foreach (var status in told) Console.WriteLine(Line(status));
            return 0;
        });
        return command;
    }

    private static Command Report()
    {
        var file = new Option<string?>("--out") { Description = "Write the signed report here, and its signature beside it (FILE.sig)", HelpName = "FILE" };
        var command = new Command("report", "What a completed replay came to, signed") { OrgNo, Id, file };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            return await PrintReportAsync(admin, parsed, parsed.GetRequiredValue(OrgNo), parsed.GetRequiredValue(Id), parsed.GetValue(file), ct);
        });
        return command;
    }

    private static async Task<ReplayStatus> PlanAsync(AdminClient admin, ParseResult parsed, ReplayOptions selection, CancellationToken ct)
    {
        using var content = new StringContent(JsonSerializer.Serialize(selection.Read(parsed, parsed.GetRequiredValue(OrgNo)), AdminJson.Default.ReplayRequest), Encoding.UTF8, "application/json");
        return await admin.PostAsync("admin/replays", content, AdminJson.Default.ReplayStatus, ct);
    }

    /// <summary>Tells how far it has come, a line for each hundredth, until it is at an end, and then what it came to. Exit code 2 when somebody has paused or aborted it meanwhile.</summary>
    private static async Task<int> FollowAsync(AdminClient admin, ParseResult parsed, string orgNo, Guid id, CancellationToken ct)
    {
        var (pause, told) = (FirstLook, -1L);
        while (true)
        {
            var status = await admin.GetAsync($"admin/replays/{Uri.EscapeDataString(orgNo)}/{id}", AdminJson.Default.ReplayStatus, ct);
            if (status.State == ReplayStates.Completed) return await PrintReportAsync(admin, parsed, orgNo, id, null, ct);
            var hundredths = 100 * status.Messages / Math.Max(status.Estimate, 1);
            if (hundredths > told || status.State != ReplayStates.Running) Console.Error.WriteLine(Line(status));
            if (status.State != ReplayStates.Running) return 2;
            told = hundredths;
            await Task.Delay(pause, ct);
            pause = pause * 2 < LaterLooks ? pause * 2 : LaterLooks;
        }
    }

    private static void Print(ParseResult parsed, ReplayStatus s) => Console.WriteLine(parsed.GetValue(Shared.Json)
        ? JsonSerializer.Serialize(s, AdminJson.Default.ReplayStatus)
        : Line(s));

    private static string Line(ReplayStatus s) =>
        $"{s.ReplayId}  {s.State,-9}  {s.Messages} of about {s.Estimate}, {(s.Sent is { } sent ? $"{sent} {(s.DryRun ? "would be " : "")}sent" : $"{s.Changed} differ")}{(s.SecondsLeft is { } left ? string.Create(CultureInfo.InvariantCulture, $", {left:0} s left") : "")}";

    private static void PrintPlan(ReplayStatus planned)
    {
        Console.WriteLine($"Replay {planned.ReplayId}: {planned.Estimate} messages{Pace(planned)}.");
        foreach (var part in planned.Parts ?? []) Console.WriteLine($"  {part.Documents,8}  {part.Destination}, {part.State}: {part.What}");
        if (planned.NeedsApproval) Console.WriteLine($"Somebody else approves it first: 'vkp replay approve {planned.OrgNo} {planned.ReplayId}'.");
        Console.WriteLine($"Start it with 'vkp replay run {planned.OrgNo} {planned.ReplayId}'.");
    }

    private static string Pace(ReplayStatus s) => s.Rate == 0 ? ", as fast as it goes" : string.Create(CultureInfo.InvariantCulture, $", at least {(double)s.Estimate / s.Rate:0} s at {s.Rate}/s");

    private static async Task<int> PrintReportAsync(AdminClient admin, ParseResult parsed, string orgNo, Guid id, string? file, CancellationToken ct)
    {
        var signed = await admin.GetAsync($"admin/replays/{Uri.EscapeDataString(orgNo)}/{id}/report", AdminJson.Default.SignedReport, ct);
        if (file is not null)
        {
            await File.WriteAllTextAsync(file, signed.Report, ct);
            await File.WriteAllTextAsync(file + ".sig", JsonSerializer.Serialize(signed with { Report = Path.GetFileName(file) }, AdminJson.Default.SignedReport), ct);
            return 0;
        }

        if (parsed.GetValue(Shared.Json))
        {
            Console.WriteLine(JsonSerializer.Serialize(signed, AdminJson.Default.SignedReport));
            return 0;
        }

        var result = JsonNode.Parse(signed.Report)!["result"]!;
        if (result["documents"] is JsonObject documents) PrintSent(result, documents);
        else Console.WriteLine($"{result["messages"]} messages: {result["unchanged"]} as they were, {result["changed"]} differ, {result["unreadable"]} cannot be read any more.");
        foreach (var (translators, count) in result["translators"]!.AsObject()) Console.WriteLine($"  {count,8}  {translators}");
        foreach (var (change, count) in result["changes"]!.AsObject().OrderByDescending(c => (long)c.Value!["messages"]!))
            Console.WriteLine($"  {count!["messages"],8}  {change}, for example {count["examples"]![0]}");
        Console.WriteLine($"Signed with key {signed.KeyId}; digest {result["digest"]}.");
        return 0;
    }

    private static void PrintSent(JsonNode result, JsonObject documents)
    {
        Console.WriteLine($"{result["messages"]} documents looked at, {result["sent"]} of them to be sent.");
        foreach (var (what, count) in documents) Console.WriteLine($"  {count,8}  {what}");
    }

    private static async Task<int> ShowAsync(ParseResult parsed, ReplayOptions selection, Guid message, CancellationToken ct)
    {
        using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed), selection.Read(parsed, parsed.GetRequiredValue(OrgNo)).Purpose);
        var shown = await admin.GetAsync($"admin/retranslation/{Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo))}/{message}", AdminJson.Default.RetranslationAnswer, ct);
        if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(shown, AdminJson.Default.RetranslationAnswer));
        else Print(shown);
        return 0;
    }

    private static void Print(RetranslationAnswer shown)
    {
        Console.WriteLine($"{shown.Kind}: translated by {shown.Translator} then, {shown.TranslatorNow} now; {shown.Then} then, {shown.Now} now");
        Console.WriteLine(shown.Changes.Count == 0 ? "Nothing differs." : string.Join('\n', shown.Changes));
        Console.WriteLine($"\nThe note then:\n{shown.OldNote}\n\nThe note now:\n{shown.NewNote}");
        Console.WriteLine($"\nThe FHIR then:\n{Text(shown.OldFhir)}\n\nThe FHIR now:\n{Text(shown.NewFhir)}");
    }

    private static string Text(IEnumerable<JsonElement> resources) => string.Join('\n', resources.Select(resource => JsonSerializer.Serialize(resource, Shared.Indented)));
}
