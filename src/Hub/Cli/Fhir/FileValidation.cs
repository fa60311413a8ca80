using System.Text;
using System.Text.Json;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Validation;

namespace Vkp.Cli.Fhir;

/// <summary>Validates files side by side and prints them in order.</summary>
internal static class FileValidation
{
    private const int FileBytesMax = 64 * 1024 * 1024;

    /// <returns>0 clean, 1 warnings, 2 errors, 3 unreadable: the worst of all files.</returns>
    public static int Run(IEnumerable<string> paths, IReadOnlyList<string> profiles, bool lenient, bool json, TextWriter output)
    {
        var worst = 0;
        var files = paths.SelectMany(Files).ToList();
        var options = new FhirValidationOptions { Profiles = profiles };
        var outcomes = files.AsParallel().AsOrdered().Select(file => (file, Issues: Check(file, options, lenient)));
        foreach (var (file, issues) in outcomes)
        {
            worst = Math.Max(worst, ExitCode(issues));
            output.Write(json ? Line(file, issues) : Text(file, issues));
        }

        if (!json) output.WriteLine($"{files.Count} filer / files");
        return files.Count == 0 ? 3 : worst;
    }

    private static IEnumerable<string> Files(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];

    private static IReadOnlyList<FhirIssue> Check(string file, FhirValidationOptions options, bool lenient)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [new FhirIssue(FhirIssueCodes.NotJson, FhirSeverity.Fatal, FhirIssueKind.Error, "", "The file cannot be read.", "Check the path and the rights.")];
        }

        var limits = FhirLimits.Files with { BytesMax = FileBytesMax };
        var result = lenient ? FhirJson.ParseLenient(bytes, limits) : FhirJson.ParseStrict(bytes, limits);
        return result.Resource is null ? result.Issues : [.. result.Issues, .. FhirValidator.Validate(result.Resource, options)];
    }

    private static int ExitCode(IReadOnlyList<FhirIssue> issues) => issues.Count == 0 ? 0 : issues.Max(static x => (int)x.Severity);

    private static string Text(string file, IReadOnlyList<FhirIssue> issues)
    {
        var sb = new StringBuilder().Append(file).Append(issues.Count == 0 ? ": ok\n" : $": {issues.Count}\n");
        foreach (var issue in issues)
        {
            var word = issue.Kind == FhirIssueKind.Repair ? "repair" : issue.Severity.ToString().ToLowerInvariant();
            sb.Append($"  {issue.Code} {word} {issue.Location} ({FhirIssueTitles.Of(issue.Code)})\n    {issue.Message}\n    -> {issue.Hint}\n");
        }

        return sb.ToString();
    }

    private static string Line(string file, IReadOnlyList<FhirIssue> issues)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("file", file);
            writer.WritePropertyName("outcome");
            writer.WriteRawValue(FhirJson.Serialize(OperationOutcomes.Of(issues)));
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
