using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Npgsql;
using Vkp.Adapters;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Cli;

/// <summary>The commands of integration staff on a hub that runs: what they take, what they answer where, and with which exit code.</summary>
public sealed class ArchiveCommandTests(CommandHub vkp) : IClassFixture<CommandHub>
{
    private const string OrgNo = TestHub.OrgNo;
    private const string Why = "tilsyn: sak 26/114";

    [Theory]
    [InlineData("retry")]
    [InlineData("withdraw")]
    [InlineData("restore")]
    [InlineData("confirm")]
    public async Task A_misspelt_id_is_refused_and_never_means_all(string act)
    {
        await vkp.RefusesAsync(64, "VKP-929", "dead-letters", act, "nonsense", "--yes");
        await vkp.RefusesAsync(64, "VKP-929", "dead-letters", act, Guid.NewGuid().ToString(), "nonsense", "--yes");
    }

    [Fact]
    public async Task Trace_tells_one_message_as_text_JSON_FHIR_and_a_page_to_print()
    {
        var dose = TestHub.Event("dose.dispensed", person: 1);
        using var posted = await vkp.Hub.PostAsync(dose);
        var id = posted.Headers.Location!.ToString().Split('/')[4];
        await vkp.FinishedAsync();

        var closed = await vkp.SaysAsync("trace", id);
        Assert.Contains("MessageJournaled", closed, StringComparison.Ordinal);
        Assert.Contains("The content is sealed", closed, StringComparison.Ordinal);
        var opened = await vkp.SaysAsync("trace", dose.EventId, "--purpose", Why);
        Assert.Contains($"Message {id}", opened, StringComparison.Ordinal);
        Assert.Contains("try 1 at", opened, StringComparison.Ordinal);
        Assert.Contains(dose.DeviceSerial, opened, StringComparison.Ordinal);
        var told = JsonNode.Parse(await vkp.SaysAsync("trace", id, "--purpose", Why, "--json"))!["messages"]![0]!;
        Assert.True((bool)told["isOpened"]!);
        Assert.Equal(Why, (string?)told["looked"]![0]!["purpose"]);
        Assert.Equal("Bundle", (string?)JsonNode.Parse(await vkp.SaysAsync("trace", id, "--format", "fhir", "--purpose", Why))!["resourceType"]);
        var page = vkp.FileOf("natt.html");
        Assert.Equal("", await vkp.SaysAsync("trace", id, "--format", "html", "--lang", "nn", "--out", page));
        Assert.StartsWith("<!DOCTYPE html>", await File.ReadAllTextAsync(page), StringComparison.Ordinal);

        await vkp.RefusesAsync(66, "VKP-705", "trace", "no-such-id");
        await vkp.RefusesAsync(64, "VKP-929", "trace", id, "--format", "pdf");
        await vkp.RefusesAsync(65, "VKP-703", "trace");
        Assert.Equal(69, (await VkpCommand.RunAsync("trace", id, "--data", vkp.FileOf("elsewhere"))).ExitCode);
    }

    [Fact]
    public async Task Time_travel_shows_messages_configuration_and_queue_as_they_were()
    {
        var before = Now;
        var id = (await vkp.JournaledAsync()).ToString();

        await vkp.RefusesAsync(66, "VKP-705", "trace", id, "--as-of", before);
        Assert.Contains(id, await vkp.SaysAsync("trace", id, "--as-of", Now), StringComparison.Ordinal);
        Assert.Equal(0, (int)JsonNode.Parse(await vkp.SaysAsync("config", "show", OrgNo, "--at", "2020-01-01T00:00Z", "--json"))!["version"]!);
        Assert.Contains("\"epj\"", await vkp.SaysAsync("config", "show", OrgNo), StringComparison.Ordinal);
        Assert.Equal(OrgNo, (string?)JsonNode.Parse(await vkp.SaysAsync("destination", "queue", OrgNo, "epj", "--at", before, "--json"))!["orgNo"]);
        Assert.Contains("waited for 'epj'", await vkp.SaysAsync("destination", "queue", OrgNo, "epj"), StringComparison.Ordinal);
        await vkp.RefusesAsync(64, "VKP-929", "config", "show", OrgNo, "--at", "yesterday");
    }

    [Fact]
    public async Task A_replay_is_planned_run_and_reported_with_a_signature_that_verifies()
    {
        await vkp.JournaledAsync();
        await vkp.RefusesAsync(65, "VKP-701", "replay", "plan", OrgNo);
        await vkp.RefusesAsync(64, "VKP-929", "replay", "plan", OrgNo, "--as", "rewrite");
        await vkp.RefusesAsync(64, "VKP-929", "replay", "status", OrgNo, "nonsense");

        var planned = JsonNode.Parse(await vkp.SaysAsync("replay", "plan", OrgNo, "--kind", "dose.dispensed", "--purpose", Why, "--json"))!;
        var id = (string)planned["replayId"]!;
        Assert.Equal(("planned", "audit"), ((string)planned["state"]!, (string)planned["kind"]!));
        await vkp.RefusesAsync(65, "VKP-712", "replay", "report", OrgNo, id);
        Assert.Contains("Signed with key", await vkp.SaysAsync("replay", "run", OrgNo, id), StringComparison.Ordinal);
        Assert.Equal("completed", (string?)JsonNode.Parse(await vkp.SaysAsync("replay", "status", OrgNo, id, "--json"))!["state"]);
        Assert.Contains(JsonNode.Parse(await vkp.SaysAsync("replay", "status", OrgNo, "--json"))!.AsArray(), one => (string)one!["replayId"]! == id);
        await vkp.RefusesAsync(65, "VKP-712", "replay", "abort", OrgNo, id);

        var file = vkp.FileOf("report.json");
        await vkp.SaysAsync("replay", "report", OrgNo, id, "--out", file);
        var signed = JsonNode.Parse(await File.ReadAllTextAsync(file + ".sig"))!;
        using var key = ECDsa.Create();
        key.ImportFromPem((string)signed["publicKey"]!);
        Assert.True(key.VerifyData(await File.ReadAllBytesAsync(file), Convert.FromBase64String((string)signed["signature"]!), HashAlgorithmName.SHA256));

        var rehearsal = (string)JsonNode.Parse(await vkp.SaysAsync("replay", "plan", OrgNo, "--as", "resend", "--dry-run", "--purpose", Why, "--json"))!["replayId"]!;
        Assert.Contains("epj, journaled: sent again, the receiver knows it by its id", await vkp.SaysAsync("replay", "run", OrgNo, rehearsal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_that_somebody_stops_lets_its_command_go_and_says_that_a_person_is_needed()
    {
        for (var i = 0; i < 3; i++) await vkp.JournaledAsync();
        var id = (string)JsonNode.Parse(await vkp.SaysAsync("replay", "plan", OrgNo, "--rate", "4", "--purpose", Why, "--json"))!["replayId"]!;
        var running = vkp.RunAsync("replay", "run", OrgNo, id);
        while ((string?)JsonNode.Parse(await vkp.SaysAsync("replay", "status", OrgNo, id, "--json"))!["state"] != "running") await Task.Yield();

        Assert.Contains("paused", await vkp.SaysAsync("replay", "pause", OrgNo, id), StringComparison.Ordinal);
        var stopped = await running;
        Assert.Equal((2, ""), (stopped.ExitCode, stopped.Output));
        Assert.Contains("paused", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("running", await vkp.SaysAsync("replay", "resume", OrgNo, id), StringComparison.Ordinal);
        Assert.Contains("aborted", await vkp.SaysAsync("replay", "abort", OrgNo, id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Diff_sums_up_and_shows_one_message_with_FHIR_and_note_then_and_now()
    {
        var id = (await vkp.JournaledAsync()).ToString();

        Assert.Contains("0 differ", await vkp.SaysAsync("diff", OrgNo, "--kind", "dose.dispensed", "--purpose", Why), StringComparison.Ordinal);
        var one = await vkp.SaysAsync("diff", OrgNo, "--message", id, "--purpose", Why);
        Assert.All(["Nothing differs.", "The note then:", "The note now:", "The FHIR then:", "The FHIR now:", "\"resourceType\": \"MedicationDispense\""], part => Assert.Contains(part, one, StringComparison.Ordinal));
        Assert.NotEmpty(JsonNode.Parse(await vkp.SaysAsync("diff", OrgNo, "--message", id, "--purpose", Why, "--json"))!["newFhir"]!.AsArray());
        await vkp.RefusesAsync(66, "VKP-120", "diff", OrgNo, "--message", Guid.Empty.ToString(), "--purpose", Why);
    }

    [Fact]
    public async Task Correct_says_what_each_journal_system_is_told()
    {
        var id = (await vkp.JournaledAsync()).ToString();

        Assert.Equal("får et tillegg til notatet", (string?)JsonNode.Parse(await vkp.SaysAsync("correct", "amend", OrgNo, id, "--note", "Pårørende er varslet.", "--reason", "ringte", "--json"))!["told"]![0]!["what"]);
        Assert.StartsWith("'epj' (var journaled) får beskjed om at notatet er feilregistrert.", await vkp.SaysAsync("correct", "entered-in-error", OrgNo, id, "--reason", "dobbeltført"), StringComparison.Ordinal);
        await vkp.FinishedAsync();
        await vkp.RefusesAsync(65, "VKP-722", "correct", "entered-in-error", OrgNo, id, "--reason", "igjen");
        await vkp.RefusesAsync(64, "VKP-929", "correct", "amend", OrgNo, id, "--reason", "uten tillegg");
        Assert.StartsWith("Nothing is done.", await vkp.SaysAsync("shred", OrgNo, "--reason", "feil pasient"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_goes_on_behind_its_last_whole_page_and_never_in_another_ones_file()
    {
        await vkp.JournaledAsync();
        var file = vkp.FileOf("dispenses.ndjson");
        string[] export = ["export", OrgNo, "MedicationDispense", "--out", file, "--purpose", "arkiv: flytting"];

        var first = await vkp.RunAsync(export);
        Assert.Equal((0, ""), (first.ExitCode, first.Output));
        var whole = await File.ReadAllTextAsync(file);
        Assert.All(whole.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal("MedicationDispense", (string?)JsonNode.Parse(line)!["resourceType"]));
        await File.AppendAllTextAsync(file, "{\"resourceType\":\"Medica");
        await vkp.RunAsync(export);
        Assert.Equal(whole, await File.ReadAllTextAsync(file));

        await vkp.RefusesAsync(65, "VKP-907", "export", OrgNo, "Observation", "--out", file, "--purpose", "arkiv: flytting");
        await File.WriteAllTextAsync(file, "");
        await vkp.RefusesAsync(65, "VKP-907", export);
        await vkp.RefusesAsync(64, "VKP-929", "export", OrgNo, "Observation", "--out", file);
    }

    [Fact]
    public async Task Benefit_is_a_table_on_standard_output_and_a_chart_in_a_file()
    {
        await vkp.JournaledAsync();
        var chart = vkp.FileOf("gevinst.svg");

        Assert.StartsWith("# timer spart = ", await vkp.SaysAsync("benefit", OrgNo, "--minutes", "dose.dispensed=1-2"), StringComparison.Ordinal);
        Assert.Equal("", await vkp.SaysAsync("benefit", OrgNo, "--out", chart));
        XDocument.Parse(await File.ReadAllTextAsync(chart));
        await vkp.RefusesAsync(65, "VKP-109", "benefit", OrgNo, "--minutes", "five");
    }

    [Fact]
    public async Task A_handover_is_planned_by_one_and_not_approved_by_the_same()
    {
        var planned = JsonNode.Parse(await vkp.SaysAsync(
            "handover", "plan", TestHub.OtherOrgNo, "--from", "epj", "--to", "ny", "--adapter", "fhir-messaging", "--address", "http://127.0.0.1:1/fhir/", "--purpose", "nytt journalsystem", "--json"))!;

        Assert.Equal(("planned", "ny"), ((string)planned["state"]!, (string)planned["to"]!));
        await vkp.RefusesAsync(65, "VKP-713", "handover", "approve", TestHub.OtherOrgNo, (string)planned["handoverId"]!);
        await vkp.RefusesAsync(66, "VKP-404", "handover", "plan", TestHub.OtherOrgNo, "--from", "gone", "--to", "nyere", "--adapter", "fhir-messaging", "--address", "http://127.0.0.1:1/", "--purpose", "x y z");
    }

    [Fact]
    public async Task Audit_verify_exits_with_2_for_a_broken_log_and_its_package_is_verified_by_another_program()
    {
        Assert.Contains($"{OrgNo}: whole.", await vkp.SaysAsync("audit", "verify", "--tenant", OrgNo), StringComparison.Ordinal);
        var package = vkp.FileOf("package.ndjson");
        Assert.Contains("verify.py", await vkp.SaysAsync("audit", "export", OrgNo, "--out", package), StringComparison.Ordinal);
        using var python = Process.Start(new ProcessStartInfo("python3", [Repository.PathOf("tools", "VerifyAudit", "verify.py"), package]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        await python.WaitForExitAsync();
        Assert.Equal(0, python.ExitCode);

        await vkp.SaysAsync("export", TestHub.OtherOrgNo, "Observation", "--out", vkp.FileOf("other.ndjson"), "--purpose", "arkiv: flytting");
        await using (var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString))
        await using (var tamper = superuser.CreateCommand($"update {vkp.Hub.Database.Schema}.event set metadata = '{{}}' where tenant = {TestHub.OtherOrgNo} and type = 'ResourcesExported'"))
        {
            Assert.Equal(1, await tamper.ExecuteNonQueryAsync());
        }

        var broken = await vkp.RunAsync("audit", "verify", "--tenant", TestHub.OtherOrgNo, "--json");
        Assert.Equal((2, "changed"), (broken.ExitCode, (string?)JsonNode.Parse(broken.Output)!["break"]!["kind"]));
    }

    public static TheoryData<string> Lines => new()
    {
        "trace {0}", "trace --device {0}", "trace --case {0}", "replay plan 888134574 --device {0}", "diff 888134574 --purpose tilsyn:{0}", "config show {0}", "shred 888134574 --reason {0}",
        "correct amend 888134574 00000000-0000-0000-0000-000000000000 --reason x --note ring-{0}.", "export 888134574 Patient --out {0} --purpose x", "benefit 888134574 --from {0}", "no-such-verb {0}",
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task An_identity_number_on_a_command_line_is_refused_before_anything_else_and_not_repeated(string line)
    {
        var number = SyntheticPeople.All[0].NationalId;
        foreach (var written in (string[])[number, $"{number[..6]} {number[6..]}"])
        {
            var run = await VkpCommand.RunAsync([.. line.Split(' ').Select(part => part.Replace("{0}", written, StringComparison.Ordinal))]);

            Assert.Equal((64, ""), (run.ExitCode, run.Output));
            Assert.StartsWith("VKP-930 ", run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(number[6..], run.Error, StringComparison.Ordinal);
        }
    }

    private static string Now => TimeProvider.System.GetUtcNow().ToString("O");
}
