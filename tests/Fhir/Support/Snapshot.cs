using System.Runtime.CompilerServices;

namespace Vkp.Fhir.Tests.Support;

/// <summary>Findings kept as text beside the test: `X.verified.txt`. SNAPSHOT_ACCEPT=1 accepts what was received, after reading the difference.</summary>
internal static class Snapshot
{
    public static void Match(string name, IEnumerable<FhirIssue> issues, [CallerFilePath] string caller = "") => MatchFile(Path.Combine(Path.GetDirectoryName(caller)!, name), Render(issues));

    /// <param name="path">Without the ending.</param>
    public static void MatchFile(string path, string received)
    {
        var verified = path + ".verified.txt";
        if (File.Exists(verified) && File.ReadAllText(verified) == received)
        {
            File.Delete(path + ".received.txt");
            return;
        }

        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            File.WriteAllText(verified, received);
            return;
        }

        File.WriteAllText(path + ".received.txt", received);
        Assert.Fail($"{Path.GetFileName(verified)} differs; received:\n{received}");
    }

    public static string Render(IEnumerable<FhirIssue> issues) => string.Concat(issues.Select(static x =>
        $"{x.Code} {(x.Kind == FhirIssueKind.Repair ? "repair" : x.Severity.ToString().ToLowerInvariant())} {x.Location}\n  {x.Message}\n  -> {x.Hint}{(x.Rule is null ? "" : $" [{x.Rule}]")}\n"));
}
