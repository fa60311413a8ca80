using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Vkp.TestSupport;

/// <summary>
/// Compares what a test produced with the file a person approved. `X.verified.json` (or `.txt`) is committed beside the test;
/// a difference writes `X.received.json` beside it and fails. SNAPSHOT_ACCEPT=1 approves what was received; read the diff first.
/// </summary>
public static class Snapshot
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Compares JSON, laid out anew (two blanks, order of properties kept), with `{TestClass}.{name}.verified.json` beside the test's source.</summary>
    public static void VerifyJson(string json, [CallerMemberName] string name = "", [CallerFilePath] string source = "") =>
        Compare(Beside(source, name), ".json", Stable(json));

    /// <summary>Compares text with `{TestClass}.{name}.verified.txt` beside the test's source.</summary>
    public static void Verify(string text, [CallerMemberName] string name = "", [CallerFilePath] string source = "") =>
        Compare(Beside(source, name), ".txt", Lines(text));

    /// <summary>Compares with a named file, for snapshots that live with what they describe: `{path}.verified{extension}`, path relative to the repository.</summary>
    public static void VerifyAt(string path, string extension, string text) =>
        Compare(Repository.PathOf(path), extension, extension == ".json" ? Stable(text) : Lines(text));

    private static string Beside(string source, string name) =>
        Path.Combine(Path.GetDirectoryName(source)!, $"{Path.GetFileNameWithoutExtension(source)}.{name}");

    private static string Stable(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Lines(JsonSerializer.Serialize(document.RootElement, Readable));
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";

    private static void Compare(string path, string extension, string received)
    {
        var verifiedFile = $"{path}.verified{extension}";
        var receivedFile = $"{path}.received{extension}";
        var verified = File.Exists(verifiedFile) ? Lines(File.ReadAllText(verifiedFile)) : null;
        if (verified == received)
        {
            File.Delete(receivedFile);
            return;
        }
        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1")
        {
            File.WriteAllText(verifiedFile, received);
            File.Delete(receivedFile);
            return;
        }
        File.WriteAllText(receivedFile, received);
        throw new SnapshotMismatchException(Explain(verifiedFile, verified, received));
    }

    private static string Explain(string file, string? verified, string received)
    {
        var name = Path.GetRelativePath(Repository.Root, file);
        if (verified is null) return $"{name} does not exist yet. Read the received file beside it, then run again with SNAPSHOT_ACCEPT=1.\n{received}";
        var (old, now) = (verified.Split('\n'), received.Split('\n'));
        var line = 0;
        while (line < old.Length && line < now.Length && old[line] == now[line]) line++;
        return $"{name} differs from line {line + 1}.\n  verified: {At(old, line)}\n  received: {At(now, line)}\nIf the new text is right, run again with SNAPSHOT_ACCEPT=1.";
    }

    private static string At(string[] lines, int index) => index < lines.Length ? lines[index] : "(end)";
}

/// <summary>What a test produced is not what was approved.</summary>
public sealed class SnapshotMismatchException(string message) : Exception(message);
