using System.CommandLine;
using System.Text.Json;
using Vkp.Sandbox;

namespace Vkp.Cli.Vendor;

/// <summary>`vkp send`: post a file as one of the sandbox's vendors.</summary>
public static class SendCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A dispenser event (JSON), an array of them, or a FHIR resource" };
        var client = new Option<string?>("--as") { Description = $"Which vendor's client sends: {string.Join(", ", DemoClient.All.Select(c => c.Id))} (default: by what the file is)" };
        var command = new Command("send", "Post a file: a FHIR resource goes to the VKP face, anything else to the dispenser vendor's face, or as '--as' says") { file, client };
        command.SetAction(async (parsed, ct) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path)) throw CommandException.NoFile(path);
            var body = await File.ReadAllBytesAsync(path, ct);
            var demo = parsed.GetValue(client) is { } id ? DemoClient.Find(id) : ResourceType(body) is not null ? DemoClient.ResponseCentre : DemoClient.Dispensers;
            var report = await PostAsync(Shared.DirectoryOf(parsed), path, demo, body, ct);
            Print(report, parsed.GetValue(Shared.Json));
            return report.IsAccepted ? 0 : 2;
        });
        return command;
    }

    internal static void Print(SendReport report, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { status = (int?)report.Status, location = report.Location?.ToString(), ms = Math.Round(report.Took.TotalMilliseconds, 1), answer = report.Answer }));
            return;
        }

        Console.WriteLine($"{(int?)report.Status} {report.Status} in {report.Took.TotalMilliseconds:0} ms{(report.Location is null ? "" : $", status at {report.Location}")}");
        if (report.Answer.Length > 0) Console.WriteLine(report.Answer);
    }

    /// <summary>As one of the sandbox's vendors, to the hub on this directory.</summary>
    public static async Task<SendReport> PostAsync(DataDirectory directory, string id, DemoClient demo, ReadOnlyMemory<byte> body, CancellationToken ct)
    {
        var running = directory.Find() ?? throw CommandException.NoHub(directory.Path);
        var issuer = running.Issuer ?? throw CommandException.NoSandbox();
        var client = demo.Open(directory);
        using var http = new HttpClient(new ProvingHandler(_ => client));
        var sender = new VendorSender(http, running.Hub, async cancel => (await demo.FetchTokenAsync(client, http, issuer, cancel)).Value, TimeProvider.System) { AttemptsMax = 3 };
        var (path, type) = AddressOf(demo, running, body);
        return await sender.PostAsync(id, demo.Vendor, path, type, body, ct);
    }

    private static (string Path, string ContentType) AddressOf(DemoClient demo, RunningHub running, ReadOnlyMemory<byte> body)
    {
        var resource = ResourceType(body) ?? "Bundle";
        return demo.Vendor switch
        {
            Hub.Faces.VkpFace.Vendor => ($"epj/r4/{running.OrgNo}/{resource.ToLowerInvariant()}", "application/fhir+json"),
            Hub.Faces.JftFace.Vendor => ($"v1/{resource}", "application/fhir+json"),
            Hub.Faces.MeasurementFace.Vendor => ("fhir", "application/fhir+json"),
            _ => ($"vendors/{demo.Vendor}/events", body.Span is [(byte)'<', ..] ? "application/xml" : "application/json"),
        };
    }

    /// <summary>Null when the text is not a FHIR resource, or not JSON at all: sent as it is, what the hub answers to it is what the caller wants to see.</summary>
    private static string? ResourceType(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("resourceType", out var type) && type.ValueKind == JsonValueKind.String
                ? type.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
