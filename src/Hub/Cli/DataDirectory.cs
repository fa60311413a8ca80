using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

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

    private string SignInFile => System.IO.Path.Combine(Path, "login.json");

    private string RunFile => System.IO.Path.Combine(Path, "run.json");

    /// <summary>Makes the directory, readable by its owner only.</summary>
    public void Create()
    {
        if (Directory.Exists(Path)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Path);
        else Directory.CreateDirectory(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Says how this hub is reached; the file holds the machine's token and is its owner's only.</summary>
    public void Announce(RunningHub hub) => Write(RunFile, hub, RunJson.Default.RunningHub);

    public void Withdraw() => File.Delete(RunFile);

    /// <summary>The hub that runs on this directory, or null.</summary>
    public RunningHub? Find() => Read(RunFile, RunJson.Default.RunningHub);

    /// <summary>Keeps who has signed in; the file holds her token and is its owner's only.</summary>
    public void Keep(SignIn signIn)
    {
        Create();
        Write(SignInFile, signIn, RunJson.Default.SignIn);
    }

    /// <summary>True when somebody was signed in.</summary>
    public bool ForgetSignIn()
    {
        var was = File.Exists(SignInFile);
        File.Delete(SignInFile);
        return was;
    }

    /// <summary>Who has signed in from this directory, or null.</summary>
    public SignIn? FindSignIn() => Read(SignInFile, RunJson.Default.SignIn);

    private static void Write<T>(string name, T value, JsonTypeInfo<T> type)
    {
        var fresh = name + ".new";
        File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options)) JsonSerializer.Serialize(file, value, type);
        File.Move(fresh, name, overwrite: true);
    }

    private static T? Read<T>(string name, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(name), type);
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
/// <param name="AdminToken">The machine's own; null when it is switched off.</param>
public sealed record RunningHub(int ProcessId, Uri Hub, string? AdminToken, Uri? Issuer, Uri? Epj, string? OrgNo)
{
    /// <summary>Where people sign in; null when nobody can.</summary>
    public StaffIssuer? Staff { get; init; }

    /// <summary>Where a self-test of a journal system that fetches listens; null when there is no sandbox, or none for that.</summary>
    public Uri? SelfTest { get; init; }
}

/// <summary>The staff issuer, and the client that `vkp login` is there.</summary>
public sealed record StaffIssuer(Uri Issuer, string Client, string Audience);

/// <summary>A person who has signed in.</summary>
/// <param name="Hub">The hub it is for when that is not the one on this directory.</param>
public sealed record SignIn(Uri? Hub, string Issuer, string Subject, string Token, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(RunningHub))]
[JsonSerializable(typeof(SignIn))]
internal sealed partial class RunJson : JsonSerializerContext;
