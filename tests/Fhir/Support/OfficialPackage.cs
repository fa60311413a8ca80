using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Vkp.Fhir.Tests.Support;

/// <summary>The official definitions and examples (npm hl7.fhir.r4.examples 4.0.1, CC0), kept unpacked under artifacts/ after the first fetch.</summary>
internal static class OfficialPackage
{
    private static readonly Lazy<string> s_folder = new(Fetch);

    /// <summary>The folder with the JSON files. Throws with the command to run when npm cannot reach the package: a missing package never passes silently.</summary>
    public static string Folder => s_folder.Value;

    public static string Root { get; } = FindRoot();

    private static string Fetch()
    {
        var cache = Path.Combine(Root, "artifacts", "fhir", "hl7.fhir.r4.examples-4.0.1");
        var package = Path.Combine(cache, "package");
        if (File.Exists(Path.Combine(package, "package.json"))) return package;
        var lockFile = Path.Combine(Root, "artifacts", "fhir", ".fetching");
        Directory.CreateDirectory(Path.GetDirectoryName(lockFile)!);
        using var only = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var unpacking = cache + ".unpacking";
        if (Directory.Exists(unpacking)) Directory.Delete(unpacking, recursive: true);
        Directory.CreateDirectory(unpacking);
        Run("npm", ["pack", "hl7.fhir.r4.examples@4.0.1", "--silent"], unpacking);
        Run("tar", ["xzf", "hl7.fhir.r4.examples-4.0.1.tgz"], unpacking);
        Directory.Move(unpacking, cache);
        return package;
    }

    private static void Run(string command, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode == 0) return;
        throw new InvalidOperationException($"'{command} {string.Join(' ', arguments)}' failed: the FHIR tests need the npm package hl7.fhir.r4.examples 4.0.1 once. {error.Result}");
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "Vkp.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("Vkp.sln was not found above the tests.");
    }
}
