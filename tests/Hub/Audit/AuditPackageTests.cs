using System.Diagnostics;
using System.Text;
using Npgsql;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Audit;

/// <summary>The exported package against a verifier in another language that shares no code with the hub.</summary>
public sealed class AuditPackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("vkp-package-tests-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_package_is_verified_without_the_hub_and_every_changed_line_is_found()
    {
        await using var hub = await TestHub.StartAsync();
        var package = await ExportAsync(hub, 3);
        var (code, said) = await VerifyAsync(package);
        Assert.True(code == 0, said);
        Assert.StartsWith("whole: ", said, StringComparison.Ordinal);

        // One character of every line, in the middle of it, where a value stands.
        var lines = package.TrimEnd('\n').Split('\n');
        var missed = new List<string>();
        for (var i = 0; i < lines.Length; i++)
        {
            var changed = (string[])lines.Clone();
            changed[i] = Change(changed[i]);
            (code, said) = await VerifyAsync(string.Join('\n', changed) + "\n");
            if (code == 0) missed.Add($"{lines[i]} became {changed[i]}");
        }

        Assert.Empty(missed);
    }

    [Fact]
    public async Task A_removed_a_moved_and_an_added_event_and_a_cut_end_are_found_with_their_place()
    {
        await using var hub = await TestHub.StartAsync();
        var lines = (await ExportAsync(hub, 2)).TrimEnd('\n').Split('\n').ToList();
        var events = lines.Select((line, i) => (line, i)).Where(l => l.line.Contains("\"line\":\"event\"", StringComparison.Ordinal)).Select(l => l.i).ToList();
        var last = events[^1];

        Assert.Contains($"position {PositionOf(lines[last])}", (await VerifyAsync(Join(lines.Where((_, i) => i != last)))).Said, StringComparison.Ordinal);
        Assert.Contains("BROKEN", (await VerifyAsync(Join([.. lines[..events[0]], lines[events[0]], .. lines[events[0]..]]))).Said, StringComparison.Ordinal);
        Assert.Contains("BROKEN", (await VerifyAsync(Join([.. lines[..(last - 1)], lines[last], lines[last - 1], .. lines[(last + 1)..]]))).Said, StringComparison.Ordinal);
        Assert.Contains("its end is missing", (await VerifyAsync(Join(lines[..^1]))).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_in_the_database_before_the_export_is_found_too()
    {
        await using var hub = await TestHub.StartAsync();
        await ExportAsync(hub, 2);
        await using (var superuser = NpgsqlDataSource.Create((await TestCluster.GetAsync()).SuperuserConnectionString))
        await using (var tamper = superuser.CreateCommand(
            $"update {hub.Database.Schema}.event set metadata = replace(metadata::text, 'dose.dispensed', 'dose.notTaken')::json where tenant = {TestHub.OrgNo} and type = 'MessageAccepted'"))
        {
            Assert.Equal(2, await tamper.ExecuteNonQueryAsync());
        }

        var (code, said) = await VerifyAsync(await ExportAsync(hub, 0));

        Assert.Equal(1, code);
        Assert.Contains("something in it was changed", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_signing_key_is_changed_what_the_old_one_signed_is_still_good()
    {
        await using var hub = await TestHub.StartAsync();
        await ExportAsync(hub, 1);
        await RestartAsync(hub, anchors: 1);
        File.Delete(Path.Combine(hub.AnchorFolder, "anchor.key"));
        await RestartAsync(hub, anchors: 2);

        var package = await ExportAsync(hub, 0);
        var keys = Directory.GetFiles(hub.AnchorFolder, "*.pub").Order(StringComparer.Ordinal).ToArray();
        using var verified = await hub.AdminAsync(HttpMethod.Get, $"admin/audit/verify?tenant={TestHub.OrgNo}");
        var own = System.Text.Json.Nodes.JsonNode.Parse(await verified.Content.ReadAsStringAsync())!;

        Assert.Equal((2, 0), ((int)own["anchors"]!, (int)own["unsoundAnchors"]!));
        Assert.Contains("2 anchors agree", (await VerifyAsync(package)).Said, StringComparison.Ordinal);
        Assert.Equal(2, keys.Length);
        Assert.Contains("2 anchors agree", (await VerifyAsync(package, keys)).Said, StringComparison.Ordinal);
        Assert.Contains("is not signed by this key", (await VerifyAsync(package, Path.Combine(hub.AnchorFolder, "anchor.pub"))).Said, StringComparison.Ordinal);
    }

    /// <summary>Each start writes an anchor of what is there.</summary>
    private static async Task RestartAsync(TestHub hub, int anchors)
    {
        var file = Path.Combine(hub.AnchorFolder, $"anchors-{TestHub.OrgNo}.jsonl");
        File.Delete(anchors == 1 ? file : Path.Combine(hub.AnchorFolder, "none"));
        await hub.RestartAsync();
        while (!File.Exists(file) || (await File.ReadAllLinesAsync(file)).Length < anchors) await Task.Yield();
    }

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";

    private static string PositionOf(string line) => System.Text.Json.Nodes.JsonNode.Parse(line)!["position"]!.ToString();

    /// <summary>The last letter or digit that stands inside a value becomes another.</summary>
    private static string Change(string line)
    {
        var at = line.LastIndexOfAny([.. "0123456789abcdefABCDEF"]);
        return $"{line[..at]}{(line[at] == '0' ? '1' : '0')}{line[(at + 1)..]}";
    }

    private static async Task<string> ExportAsync(TestHub hub, int messages)
    {
        for (var i = 0; i < messages; i++)
        {
            using var posted = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        }

        if (messages > 0) await hub.UntilAsync(s => s.Journaled == messages);
        using var answer = await hub.AdminAsync(HttpMethod.Get, $"admin/audit/export/{TestHub.OrgNo}");
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<(int Code, string Said)> VerifyAsync(string package, params string[] keys)
    {
        var file = Path.Combine(folder, "package.ndjson");
        await File.WriteAllTextAsync(file, package, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var start = new ProcessStartInfo("python3") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Repository.PathOf("tools", "VerifyAudit", "verify.py"));
        start.ArgumentList.Add(file);
        foreach (var key in keys) start.ArgumentList.Add($"--key={key}");
        using var python = Process.Start(start)!;
        var said = await python.StandardOutput.ReadToEndAsync() + await python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        return (python.ExitCode, said);
    }
}
