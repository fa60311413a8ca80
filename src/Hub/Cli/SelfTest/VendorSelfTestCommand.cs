using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Vkp.Cli.Admin;
using Vkp.Cli.Vendor;
using Vkp.Hub.Faces;
using Vkp.Hub.SelfTest;

namespace Vkp.Cli.SelfTest;

/// <summary>`vkp selftest vendor`: what arrived from a vendor's test system, what is missing, what is wrong and how to put it right.</summary>
internal static class VendorSelfTestCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The vendor's format, 'dignio-style'" };
        var client = new Option<string?>("--client") { Description = "Only this client (default: every client of the format)" };
        var since = new Option<DateTimeOffset?>("--since") { Description = "From when, '2026-11-22T09:00:00+01:00' (default: the last day)" };
        var expect = new Option<string?>("--expect") { Description = "The kinds of event the product has, separated by commas (default: the whole catalogue)" };
        var command = new Command("vendor", "Point a test system at this hub, send, and get a checklist; exit code 2 until everything is well") { name, client, since, expect };
        command.SetAction(async (parsed, ct) =>
        {
            var directory = Shared.DirectoryOf(parsed);
            using var admin = AdminClient.Connect(directory);
            var lists = await admin.GetAsync(
                Path(parsed.GetRequiredValue(name), parsed.GetValue(since), parsed.GetValue(client), parsed.GetValue(expect)), AdminJson.Default.IReadOnlyListVendorChecklist, ct);
            if (parsed.GetValue(Shared.Json)) Console.WriteLine(JsonSerializer.Serialize(lists, AdminJson.Default.IReadOnlyListVendorChecklist));
            else foreach (var list in lists) Print(list, directory.Find()!);
            return lists.All(list => list.HasPassed) ? 0 : 2;
        });
        return command;
    }

    private static string Path(string vendor, DateTimeOffset? since, string? client, string? expect)
    {
        var given = (IEnumerable<(string Name, string? Value)>)[("since", since?.ToString("O", CultureInfo.InvariantCulture)), ("client", client), ("expect", expect)];
        return $"admin/selftest/vendors/{Uri.EscapeDataString(vendor)}?{string.Join('&', given.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"))}";
    }

    private static void Print(VendorChecklist list, RunningHub hub)
    {
        Console.WriteLine($"VKP selvtest av {list.Vendor}, klient {list.Client} i {list.Municipality}, {list.From:yyyy-MM-dd HH:mm:ss} til {list.At:HH:mm:ss}Z");
        Console.WriteLine($"  {list.Arrived} meldinger er tatt vare på, {list.Refused} er avvist ({list.Arrived} stored, {list.Refused} refused)");
        if (list.Arrived + list.Refused == 0) PrintHowToSend(list, hub);
        foreach (var check in list.Checks) Console.WriteLine($"  {Word(check.Verdict),-14}  {check.Kind,-26} {check.What.Nb} ({check.What.En})");
        PrintFindings("Hva som må rettes (what to put right):", list.Findings);
        PrintFindings("Avviste tilgangsbevis i samme tidsrom, kan være dine (refused tokens, possibly yours):", list.UnknownSenders);
        if (list.IsCut) Console.WriteLine("Flere meldinger enn én gjennomgang tar; de eldste er vurdert (more than one look takes; the oldest are judged).");
        Console.WriteLine(list.HasPassed ? "Bestått (passed)." : $"IKKE BESTÅTT (not passed): {Sum(list)}.");
    }

    private static void PrintFindings(string title, IReadOnlyList<VendorFinding> findings)
    {
        if (findings.Count == 0) return;
        Console.WriteLine(title);
        foreach (var finding in findings)
        {
            var where = string.Join("  ", ((string?[])[finding.Kind, finding.Path, finding.VkpCode is { } code ? $"VKP {code}" : null]).OfType<string>());
            Console.WriteLine($"  {finding.Code}  {where}  x{finding.Count}{(finding.Message is { } message ? $"  vkp trace {message}" : "")}");
            Console.WriteLine($"    {finding.What.Nb} {finding.Fix.Nb}");
            Console.WriteLine($"    {finding.What.En} {finding.Fix.En}");
        }
    }

    private static void PrintHowToSend(VendorChecklist list, RunningHub hub)
    {
        var path = list.Vendor switch
        {
            VkpFace.Vendor => $"epj/r4/{list.Municipality}/bundle",
            JftFace.Vendor => "v1/Bundle",
            MeasurementFace.Vendor => "fhir",
            _ => $"vendors/{list.Vendor}/events",
        };
        Console.WriteLine($"  Send til {hub.Hub}{path} med token fra 'vkp token --client {list.Client}' (send there, with that token)");
        if (DemoClient.All.Any(demo => demo.Vendor == list.Vendor)) Console.WriteLine("  Se hvordan hver hendelse ser ut: 'vkp trigger' (what each event looks like)");
    }

    private static string Word(VendorVerdict verdict) => verdict switch
    {
        VendorVerdict.Passed => "bestått",
        VendorVerdict.Repaired => "rettet",
        VendorVerdict.Waiting => "venter",
        VendorVerdict.Wrong => "FEIL",
        _ => "MANGLER",
    };

    private static string Sum(VendorChecklist list)
    {
        int Count(VendorVerdict verdict) => list.Checks.Count(check => check.Verdict == verdict);
        return $"{Count(VendorVerdict.Missing)} mangler, {Count(VendorVerdict.Wrong)} feil, {Count(VendorVerdict.Waiting)} venter, {list.Refused} avvist";
    }
}
