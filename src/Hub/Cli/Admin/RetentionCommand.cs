using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vkp.Hub.Faces;
using Vkp.Hub.Retention;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>`vkp retention`: what is due to be deleted by age, deleting it, the receipts, and what is held back.</summary>
public static class RetentionCommand
{
    private static readonly Argument<string> OrgNo = new("orgnr") { Description = "The municipality's organisation number" };
    private static readonly Option<bool> Yes = new("--yes") { Description = "Do it; what is deleted is gone for good" };
    private static readonly Option<bool> Patient = new("--patient") { Description = "One patient: the identity number is asked for, or read from standard input (default: the whole municipality)" };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; it is kept", Required = true };

    public static Command Create() => new("retention", "Delete what the municipality keeps no longer, with proof")
    {
        Asking("plan", "What a run would delete now; deletes nothing", "/plan", AdminJson.Default.RetentionEstimate, e => Console.WriteLine(Told(e))),
        Run(),
        Asking("status", "The municipality's decision, its runs with their signed receipts, and what is held back", "", AdminJson.Default.RetentionStatus, Print),
        Hold("hold", "Keep a patient's or everybody's content, whatever its age, until it is released"),
        Hold("release", "End a hold; from the next run on the policy counts again"),
    };

    private static Command Asking<T>(string name, string description, string path, JsonTypeInfo<T> type, Action<T> print)
    {
        var command = new Command(name, description) { OrgNo };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            Show(parsed, await admin.GetAsync(Address(parsed, path), type, ct), type, print);
            return 0;
        });
        return command;
    }

    private static Command Run()
    {
        var command = new Command("run", "Delete what is due, now; the hub does it by itself once a day") { OrgNo, Yes };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            if (!parsed.GetValue(Yes))
            {
                Show(parsed, await admin.GetAsync(Address(parsed, "/plan"), AdminJson.Default.RetentionEstimate, ct), AdminJson.Default.RetentionEstimate, e => Console.WriteLine($"{Told(e)} Nothing is done; repeat with '--yes'."));
                return 0;
            }

            Show(parsed, await admin.PostAsync(Address(parsed, "/run"), null, AdminJson.Default.RetentionOutcome, ct), AdminJson.Default.RetentionOutcome, Print);
            return 0;
        });
        return command;
    }

    private static Command Hold(string act, string description)
    {
        var command = new Command(act, description) { OrgNo, Patient, Reason };
        command.SetAction(async (parsed, ct) =>
        {
            var request = new RetentionHoldRequest(parsed.GetRequiredValue(Reason), parsed.GetValue(Patient) ? new TracePatient(null, PromptedNumber.Read()) : null);
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            using var content = new StringContent(JsonSerializer.Serialize(request, AdminJson.Default.RetentionHoldRequest), Encoding.UTF8, "application/json");
            Show(parsed, await admin.PostAsync(Address(parsed, $"/{act}"), content, AdminJson.Default.RetentionStatus, ct), AdminJson.Default.RetentionStatus, Print);
            return 0;
        });
        return command;
    }

    private static string Address(ParseResult parsed, string path) => $"admin/retention/{Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo))}{path}";

    private static void Show<T>(ParseResult parsed, T answer, JsonTypeInfo<T> type, Action<T> print)
    {
        if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(answer, type));
        else print(answer);
    }

    private static string Told(RetentionEstimate e) => e switch
    {
        { Waits: { } waits } => $"{e.OrgNo}: nothing is due: {waits}.",
        { Events: 0 } => $"{e.OrgNo}: nothing is older than {e.Before:yyyy-MM-dd}.",
        _ => $"{e.OrgNo}: the content of {e.Events} messages from before {e.Before:yyyy-MM-dd} ({Megabytes(e.Bytes)}), up to place {e.UpTo} of the log; {e.KeptStreams} streams keep theirs, unfinished or held.",
    };

    private static void Print(RetentionOutcome o)
    {
        if (o.Run is not { } run)
        {
            Console.WriteLine(Told(o.Estimate));
            return;
        }

        Console.WriteLine($"Deleted the content of {run.Events} messages up to place {run.UpTo}. Receipt {run.Receipt}, signed by key {run.Signed!.KeyId}; 'vkp retention status {o.Estimate.OrgNo} --json' prints it.");
        Console.WriteLine($"The events take {Megabytes(o.BytesAfter)} on disk, {Megabytes(o.BytesBefore)} before; what is free inside is taken by new events.");
    }

    private static void Print(RetentionStatus s)
    {
        Console.WriteLine($"{s.OrgNo}: {(s.Days is { } days ? $"content is kept for {days} days" : "everything is kept")}. The events of all municipalities take {Megabytes(s.TableBytes)} on disk.");
        foreach (var run in s.Runs)
            Console.WriteLine($"  {run.PlannedAt:yyyy-MM-dd HH:mm} {(run.CompletedAt is null ? "UNDER WAY" : "done")}, {run.Events} bodies up to place {run.UpTo}, {run.Policy}, by {run.Author}, receipt {run.Receipt}");
        foreach (var hold in s.Holds) Console.WriteLine($"  HELD {(hold.Stream == "*" ? "the whole municipality" : hold.Stream)} since {hold.HeldAt:yyyy-MM-dd} by {hold.Author}: {hold.Reason}");
    }

    private static string Megabytes(long bytes) => $"{bytes / 1_000_000.0:0.0} MB";
}
