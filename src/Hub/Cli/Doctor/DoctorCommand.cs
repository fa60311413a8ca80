using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vkp.Hub;

namespace Vkp.Cli.Doctor;

/// <summary>
/// `vkp doctor`: what is installed, what is missing, what to do. Looks only. Exit code 0 when the hub can run here, 1 when something is missing.
/// </summary>
public static partial class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "What is installed, what is missing, what to do");
        command.SetAction(async (parsed, ct) =>
        {
            var examination = new Examination(Shared.DirectoryOf(parsed).Path, Secrets.ReadAtStart("VKP_DATABASE") is { Length: > 0 } own ? own : null);
            var findings = await examination.RunAsync(ct);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(Shared.Json) ? Json(findings) : Text(findings));
            return findings.Any(finding => finding.Verdict == Verdict.Missing) ? 1 : 0;
        });
        return command;
    }

    private static string Json(IReadOnlyList<Finding> findings) =>
        JsonSerializer.Serialize(new(findings.All(finding => finding.Verdict != Verdict.Missing), findings), ReportJson.Default.Report);

    private static string Text(IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(finding => finding.Name.Length);
        var lines = findings.SelectMany(finding => Lines(finding, width)).ToList();
        var missing = findings.Count(finding => finding.Verdict == Verdict.Missing);
        lines.Add(missing == 0 ? "The hub can run here: ./vkp up" : $"{missing} missing; follow the arrows above, then run this again.");
        return string.Join('\n', lines);
    }

    private static IEnumerable<string> Lines(Finding finding, int width)
    {
        var mark = finding.Verdict switch { Verdict.Ok => "ok     ", Verdict.Note => "note   ", _ => "MISSING" };
        yield return $"{mark} {finding.Name.PadRight(width)}  {finding.Found}";
        if (finding.Advice is not null) yield return $"        {new string(' ', width)}  -> {finding.Advice}";
    }

    internal sealed record Report(bool CanRun, IReadOnlyList<Finding> Findings);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Report))]
    internal sealed partial class ReportJson : JsonSerializerContext;
}
