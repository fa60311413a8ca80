using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>`vkp trace`: one message's story, from the vendor's payload to the EPJ's receipt.</summary>
public static class TraceCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var id = new Argument<string>("id") { Description = "The hub's message id, or the vendor's own id of the event" };
        var purpose = new Option<string>("--purpose") { Description = "Why you look; it is logged on the message", DefaultValueFactory = _ => "" };
        var command = new Command("trace", "One message's story: payload, translation, each try, receipt, with times") { id, purpose };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var path = $"admin/trace/{Uri.EscapeDataString(parsed.GetRequiredValue(id))}?purpose={Uri.EscapeDataString(parsed.GetRequiredValue(purpose))}";
            var trace = await admin.GetAsync(path, AdminJson.Default.TraceAnswer, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(trace, AdminJson.Default.TraceAnswer));
            else Print(trace);
            return 0;
        });
        return command;
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

        Console.WriteLine(t.Note.Length == 0 ? "\n3. What a health worker reads: nothing, there is nothing to journal" : "\n3. What a health worker reads of it (identity numbers masked)");
        if (t.Note.Length > 0) Console.WriteLine(Indent(t.Note));

        Console.WriteLine("\n4. What the vendor sent (identity numbers masked; opening it was logged)");
        Console.WriteLine(Indent(Pretty(t.Payload)));

        Console.WriteLine($"\n5. The FHIR it became: {(t.Fhir.Count == 0 ? "none" : string.Join(", ", t.Fhir.Select(r => r.GetProperty("resourceType").GetString())))}");
        foreach (var resource in t.Fhir) Console.WriteLine(Indent(JsonSerializer.Serialize(resource, Indented)));
    }

    private static string Pretty(string payload)
    {
        try
        {
            using var json = JsonDocument.Parse(payload);
            return JsonSerializer.Serialize(json.RootElement, Indented);
        }
        catch (JsonException)
        {
            return payload;
        }
    }

    private static string Indent(string text) => "   " + text.Replace("\n", "\n   ");
}
