using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>`vkp trace`: what happened to a message, a case, a patient, a device or in a night, from the vendor's payload to the EPJ's receipt.</summary>
public static class TraceCommand
{
    private static readonly Argument<string?> Id = new("id") { Description = "The hub's message id, or the vendor's own id of the event", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Case = new("--case") { Description = "The vendor's case id, or the id of one message of the case" };
    private static readonly Option<bool> Patient = new("--patient") { Description = "A patient: the identity number is asked for, or read from standard input" };
    private static readonly Option<string?> IdSystem = new("--system") { Description = "With --patient: the system of another kind of identifier" };
    private static readonly Option<string?> Device = new("--device") { Description = "A device's serial number (needs --purpose)" };
    private static readonly Option<DateTimeOffset?> From = new("--from") { Description = "Occurred at or after, 2026-02-14T00:00+01:00" };
    private static readonly Option<DateTimeOffset?> To = new("--to") { Description = "Occurred before" };
    private static readonly Option<DateTimeOffset?> AsOf = new("--as-of") { Description = "As it was known then; what came later is not told" };
    private static readonly Option<string?> Tenant = new("--tenant") { Description = "One municipality's organisation number (default: all)" };
    private static readonly Option<string?> Purpose = new("--purpose") { Description = $"Why you look, CODE: TEXT ({string.Join(", ", Hub.Staff.Purpose.Codes)}); it is kept on each message. Without it the facts are told and nothing is opened" };
    private static readonly Option<int?> Max = new("--max") { Description = "The latest so many messages (default: 50)" };
    private static readonly Option<string> Form = new("--format") { Description = "text (for who runs hubs), story (for everybody else), json, fhir (a Bundle with Provenance) or html (the story to print)", DefaultValueFactory = _ => "text" };
    private static readonly Option<string> Language = new("--lang") { Description = "The language of story and report: nb, nn or en", DefaultValueFactory = _ => "nb" };
    private static readonly Option<string?> Out = new("--out") { Description = "Write to this file", HelpName = "FILE" };
    private static readonly Option<string?> Pdf = new("--pdf") { Description = "The story as a PDF in this file, printed by an installed Chromium, Chrome or Edge", HelpName = "FILE" };

    public static Command Create()
    {
        Form.AcceptOnlyFromAmong("text", "story", "json", "fhir", "html");
        Language.AcceptOnlyFromAmong("nb", "nn", "en");
        var command = new Command("trace", "What happened: payload, repairs, translation, decision, each try, receipt, who looked") { Id, Case, Patient, IdSystem, Device, From, To, AsOf, Tenant, Purpose, Max, Form, Language, Out, Pdf };
        command.SetAction(async (parsed, ct) =>
        {
            // Looked for first: nothing is opened for a report that cannot be printed.
            var printer = parsed.GetValue(Pdf) is null ? null : Browser.Find() ?? throw CommandException.NoBrowser();
            var form = printer is not null ? "html" : parsed.GetValue(Shared.Json) ? "json" : parsed.GetRequiredValue(Form);
            using var content = AdminClient.Json(Question(parsed), AdminJson.Default.TraceQuestion);
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed), parsed.GetValue(Purpose));
            var told = await admin.PostTextAsync($"admin/trace?as={(form == "text" ? "json" : form)}&lang={parsed.GetRequiredValue(Language)}", content, ct);
            if (printer is not null) await printer.PrintAsync(told, parsed.GetRequiredValue(Pdf)!, ct);
            else if (parsed.GetValue(Out) is { } file) await File.WriteAllTextAsync(file, told, ct);
            else if (form != "text") Console.WriteLine(told.TrimEnd('\n'));
            else foreach (var message in JsonSerializer.Deserialize(told, AdminJson.Default.TraceStory)!.Messages) Print(message);
            return 0;
        });
        return command;
    }

    private static TraceQuestion Question(ParseResult parsed)
    {
        var patient = parsed.GetValue(Patient) ? new TracePatient(parsed.GetValue(IdSystem), PromptedNumber.Read()) : null;
        return new TraceQuestion(
            parsed.GetValue(Tenant), parsed.GetValue(Id), parsed.GetValue(Case), patient, parsed.GetValue(Device), parsed.GetValue(From), parsed.GetValue(To), Max: parsed.GetValue(Max))
        {
            AsOf = parsed.GetValue(AsOf),
        };
    }

    private static void Print(TraceAnswer t)
    {
        Console.WriteLine($"Message {t.MessageId}");
        Console.WriteLine($"  What       {t.Kind}, from {t.Source} ({t.Adapter}, translator {t.Translator}), municipality {t.Municipality}{(t.Lane is null ? "" : $", lane {t.Lane}")}");
        Console.WriteLine($"  Happened   {t.OccurredAt:yyyy-MM-dd HH:mm:ss zzz}");
        Console.WriteLine($"  Is now     {t.State}{(t.Reason is null ? "" : $" ({t.Reason})")}{(t.InDocumentOf is { } document ? $", in the journal document of message {document}" : "")}");
        if (t.Folded.Count > 0) Console.WriteLine($"  Carries    {string.Join(", ", t.Folded)} (the messages of its case)");

        Console.WriteLine("\n1. What happened");
        foreach (var step in t.Steps) Console.WriteLine($"   {step.At.ToLocalTime():HH:mm:ss.fff}  {$"+{step.Ms:0.#} ms",12}  {step.What,-17} {step.Detail}");
        foreach (var delivery in t.Deliveries)
        {
            Console.WriteLine($"   to '{delivery.Destination}': {delivery.State} (bundle {delivery.BundleId})");
            foreach (var a in delivery.Attempts) Console.WriteLine($"     try {a.Attempt} at {a.StartedAt.ToLocalTime():HH:mm:ss.fff}, {a.Ms:0.#} ms: {a.Outcome}{(a.Code is null ? "" : $" {a.Code} {a.Message}")}");
        }

        Console.WriteLine($"\n2. What the vendor was told: {(t.State == "held" ? "held" : "registered")}{(t.Issues.Count == 0 ? ", nothing to remark" : ", with these remarks")}");
        foreach (var issue in t.Issues) Console.WriteLine($"   {issue.Code} {issue.Message}{(issue.Path is null ? "" : $" (at {issue.Path})")}");

        Console.WriteLine($"   decided: {t.Routing.Decision}{(t.Routing.Destinations.Count == 0 ? "" : $" to {string.Join(", ", t.Routing.Destinations)}")}");
        foreach (var look in t.Looked) Console.WriteLine($"   looked at {look.At.ToLocalTime():yyyy-MM-dd HH:mm:ss} by {look.Author}, purpose: {look.Purpose}");
        if (t.Deleted is { } gone)
        {
            Console.WriteLine($"\nThe content was deleted under retention, by the run of {gone.RunOf.ToLocalTime():yyyy-MM-dd HH:mm}, receipt {gone.Receipt} ('vkp retention status {t.Municipality}').\n");
            return;
        }

        if (!t.IsOpened)
        {
            Console.WriteLine("\nThe content is sealed; '--purpose WHY' opens it, and is kept.\n");
            return;
        }

        Console.WriteLine(t.Note.Length == 0 ? "\n3. What a health worker reads: nothing, there is nothing to journal" : "\n3. What a health worker reads of it (identity numbers masked)");
        if (t.Note.Length > 0) Console.WriteLine(Indent(t.Note));

        Console.WriteLine("\n4. What the vendor sent (identity numbers masked; opening it was logged)");
        Console.WriteLine(Indent(Pretty(t.Payload)));

        Console.WriteLine($"\n5. The FHIR it became: {(t.Fhir.Count == 0 ? "none" : string.Join(", ", t.Fhir.Select(r => r.GetProperty("resourceType").GetString())))}");
        foreach (var resource in t.Fhir) Console.WriteLine(Indent(JsonSerializer.Serialize(resource, Shared.Indented)));
    }

    private static string Pretty(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return JsonSerializer.Serialize(json.RootElement, Shared.Indented);
        }
        catch (JsonException)
        {
            return payload;
        }
    }

    private static string Indent(string text) => "   " + text.Replace("\n", "\n   ");
}
