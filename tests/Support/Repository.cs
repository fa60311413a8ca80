namespace Vkp.TestSupport;

/// <summary>The checked-out repository that the running tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds Vkp.sln.</summary>
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string ReadText(params string[] parts) => File.ReadAllText(PathOf(parts));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Vkp.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No Vkp.sln above {AppContext.BaseDirectory}: the tests must run from where they were built.");
    }
}
