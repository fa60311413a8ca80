using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vkp.Cli;

/// <summary>Where a hub on this machine keeps what is its own: database, master key, sandbox, and how to reach it while it runs.</summary>
public sealed class DataDirectory
{
    public DataDirectory(string? given)
    {
        var chosen = given ?? Environment.GetEnvironmentVariable("VKP_DATA");
        Path = System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(chosen) ? Default() : chosen);
    }

    public string Path { get; }

    public string MasterKeyFile => System.IO.Path.Combine(Path, "master.key");

    /// <summary>Signed statements of how far the logs reached.</summary>
    public string Anchors => System.IO.Path.Combine(Path, "anchors");

    public string Sandbox => System.IO.Path.Combine(Path, "sandbox");

    private string RunFile => System.IO.Path.Combine(Path, "run.json");

    /// <summary>Makes the directory, readable by its owner only.</summary>
    public void Create()
    {
        if (Directory.Exists(Path)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Says how this hub is reached; the file holds the administration's token and is its owner's only.</summary>
    public void Announce(RunningHub hub)
    {
        var fresh = RunFile + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options)) JsonSerializer.Serialize(file, hub, RunJson.Default.RunningHub);
        File.Move(fresh, RunFile, overwrite: true);
    }

    public void Withdraw() => File.Delete(RunFile);

    /// <summary>The hub that runs on this directory, or null.</summary>
    public RunningHub? Find()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(RunFile), RunJson.Default.RunningHub);
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string Default()
    {
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        if (!string.IsNullOrWhiteSpace(data)) return System.IO.Path.Combine(data, "vkp");
        return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share", "vkp");
    }
}

/// <summary>How a running hub and its sandbox are reached.</summary>
public sealed record RunningHub(int ProcessId, Uri Hub, string AdminToken, Uri? Issuer, Uri? Epj, string? OrgNo);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RunningHub))]
internal sealed partial class RunJson : JsonSerializerContext;
