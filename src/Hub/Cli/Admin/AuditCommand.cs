using System.CommandLine;
using System.Text;
using System.Text.Json;
using Vkp.Hub.AccessLog;
using Vkp.Hub.Faces;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>`vkp audit`: is the log what was committed? Here, or for somebody else to find out.</summary>
public static class AuditCommand
{
    public static Command Create() => new("audit", "Show that the logs are what was committed, and who has had what") { Verify(), Export(), Access() };

    private static Command Verify()
    {
        var tenant = new Option<string?>("--tenant") { Description = "One municipality's organisation number (default: all)" };
        var from = new Option<long>("--from") { Description = "The first position to verify", DefaultValueFactory = _ => 1 };
        var command = new Command("verify", "Recompute the hash chain and compare it with commits, head, anchors and the receipts of retention; exit code 2 when a log is broken") { tenant, from };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var path = $"admin/audit/verify?from={parsed.GetValue(from)}{(parsed.GetValue(tenant) is { } one ? $"&tenant={Uri.EscapeDataString(one)}" : "")}";
            var json = parsed.GetValue(Shared.Json);
            var whole = true;
            await foreach (var answer in admin.FollowAsync(path, AdminJson.Default.AuditAnswer, standing: null, ct))
            {
                if (answer.Head is { } head)
                {
                    Console.Error.WriteLine($"{answer.OrgNo}: {answer.To} of {head} verified");
                    continue;
                }

                whole &= answer.Break is null && answer.UnsoundAnchors == 0;
                if (json) Console.WriteLine(JsonSerializer.Serialize(answer, AdminJson.Default.AuditAnswer));
                else Print(answer);
            }

            return whole ? 0 : 2;
        });
        return command;
    }

    private static Command Export()
    {
        var orgNo = new Argument<string>("orgnr") { Description = "The municipality's organisation number" };
        var file = new Option<string>("--out") { Description = "The file to write", HelpName = "FILE", Required = true };
        var command = new Command("export", "The whole log as a file that is verified without the hub ('python3 tools/VerifyAudit/verify.py FILE')") { orgNo, file };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            await using var output = File.Create(parsed.GetRequiredValue(file));
            await admin.DownloadAsync($"admin/audit/export/{Uri.EscapeDataString(parsed.GetRequiredValue(orgNo))}", output, ct);
            Console.WriteLine($"{parsed.GetRequiredValue(file)}: {output.Length} bytes. Verify it with 'python3 tools/VerifyAudit/verify.py {parsed.GetRequiredValue(file)} --key anchor.pub'.");
            return 0;
        });
        return command;
    }

    private static Command Access()
    {
        var orgNo = new Argument<string>("orgnr") { Description = "The municipality's organisation number" };
        var patient = new Option<bool>("--patient") { Description = "Of one patient: the identity number is asked for, or read from standard input", Required = true };
        var purpose = new Option<string>("--purpose") { Description = "Why, CODE: TEXT ('innsyn: sak 26/114'); it is kept, as a line of the list itself", Required = true };
        var form = new Option<string>("--as") { Description = "'csv', in bokmål, or 'fhir' (AuditEvent)", DefaultValueFactory = _ => "csv" }.AcceptOnlyFromAmong("csv", "fhir");
        var from = new Option<DateTimeOffset?>("--from") { Description = "From then on (default: everything)" };
        var file = new Option<string?>("--out") { Description = "The file to write (default: standard output)", HelpName = "FILE" };
        var command = new Command("access", "Who has seen, fetched, looked up and changed what of one patient's, for the patient who asks") { orgNo, patient, purpose, form, from, file };
        command.SetAction(async (parsed, ct) =>
        {
            var question = new AccessQuestion(parsed.GetRequiredValue(orgNo), new TracePatient(null, PromptedNumber.Read()), parsed.GetValue(from));
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed), parsed.GetRequiredValue(purpose));
            using var content = AdminClient.Json(question, AdminJson.Default.AccessQuestion);
            var text = await admin.PostTextAsync($"admin/access?as={parsed.GetRequiredValue(form)}", content, ct);
            if (parsed.GetValue(file) is { } name) await File.WriteAllTextAsync(name, text, ct);
            else Console.Write(text);
            return 0;
        });
        return command;
    }

    private static void Print(Hub.Audit.AuditAnswer a)
    {
        var anchors = $"{a.Anchors} anchors agree{(a.UnsoundAnchors > 0 ? $", {a.UnsoundAnchors} LINES OF THE ANCHOR FILE ARE NOT SOUND" : "")}";
        var removed = a.BodiesRemoved > 0 ? $", {a.BodiesRemoved} bodies deleted under retention, {a.Receipts} receipts agree" : "";
        Console.WriteLine(a.Break is null
            ? $"{a.OrgNo}: whole. {a.Events} events in {a.Commits} commits, positions {a.From} to {a.To}, {anchors}{removed}, {a.Seconds} s"
            : $"{a.OrgNo}: BROKEN at position {a.Break.Position} ({a.Break.Kind}): {a.Break.Explanation} Verified before it: {a.From} to {a.To}; {anchors}.");
    }
}
