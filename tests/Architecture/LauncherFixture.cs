using System.Diagnostics;
using Vkp.TestSupport;

namespace Vkp.Architecture.Tests;

/// <summary>The real launcher and test script in a small tree of their own, with a `dotnet` that records what it is asked instead of compiling.</summary>
public sealed class LauncherFixture : IDisposable
{
    private const string FakeDotnet = """
        #!/usr/bin/env bash
        echo "$*" >>"$VKP_FAKE/calls"
        case $1 in
          build | publish)
            [[ $1 == publish && -f $VKP_FAKE/no-crossgen ]] && { echo 'error NU1101: Unable to find package Microsoft.NETCore.App.Crossgen2.linux-x64.'; exit 1; }
            [[ -f $VKP_FAKE/build-fails ]] && { echo 'X.cs(1,1): error CS1002: ; expected'; exit 1; }
            mkdir -p "$VKP_FAKE/../src/Hub/Cli/obj" "$VKP_FAKE/../src/Fhir/bin" # as the real one does on a fresh clone
            while [[ $# -gt 0 ]]; do [[ $1 == -o ]] && { mkdir -p "$2"; echo >"$2/Vkp.Cli.dll"; }; shift; done ;;
          *Tests.dll)
            folder=${1%/bin/*}
            report=${*: -1}
            cat "$folder/says" 2>/dev/null
            [[ -f $folder/counters ]] && echo "<Counters $(<"$folder/counters") />" >"$report"
            exit "$(cat "$folder/exit" 2>/dev/null || echo 0)" ;;
          *) echo "ran $*" ;;
        esac
        """;

    public LauncherFixture()
    {
        Root = Path.Combine(Path.GetTempPath(), $"vkp-test-{Guid.NewGuid():N}");
        foreach (var script in (string[])["vkp", "tests/run", "tests/people.awk", ".ci/run"]) Script(script, Repository.ReadText(script));
        foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props", "global.json", ".editorconfig", "src/Hub/Cli/Vkp.Cli.csproj", "src/Hub/Cli/Program.cs"]) Write(file, "");
        Script("fake/dotnet", FakeDotnet);
        foreach (var program in (string[])["npm", "chromium", "pdftotext"]) Script("fake/" + program, "#!/bin/sh\n");
    }

    public string Root { get; }

    public int Builds => File.Exists(PathOf("fake/calls")) ? File.ReadLines(PathOf("fake/calls")).Count(line => line.StartsWith("build ", StringComparison.Ordinal) || line.StartsWith("publish ", StringComparison.Ordinal)) : 0;

    public string PathOf(string file) => Path.Combine(Root, file);

    public void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(file))!);
        File.WriteAllText(PathOf(file), text);
    }

    /// <summary>A test project whose program reports these counters; null = it ends without a report.</summary>
    /// <param name="says">What it writes into the run's log.</param>
    public void Project(string name, string? counters, int exitCode = 0, string says = "")
    {
        Write($"tests/{name}/says", says + "\n");
        Write($"tests/{name}/Vkp.{name}.Tests.csproj", "");
        Write($"tests/{name}/bin/Release/net10.0/Vkp.{name}.Tests.dll", "");
        Write($"tests/{name}/exit", exitCode.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (counters is not null) Write($"tests/{name}/counters", counters);
    }

    public async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, string[] arguments, string? path = null, string? workingDirectory = null)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = workingDirectory ?? Root };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment["VKP_FAKE"] = PathOf("fake");
        start.Environment["PATH"] = path ?? $"{PathOf("fake")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private void Script(string file, string text)
    {
        Write(file, text);
        File.SetUnixFileMode(PathOf(file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
