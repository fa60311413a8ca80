using Vkp.TestSupport;

namespace Vkp.Architecture.Tests;

/// <summary>Every file that belongs to the repository, read once. What building, testing and running leave behind is not part of it.</summary>
public static class SourceTree
{
    private static readonly string[] Outside = ["bin", "obj", "artifacts", "node_modules", ".git", ".vs", ".idea", ".vkp", "TestResults"];

    private static readonly string[] BinaryExtensions = [".png", ".ico", ".woff2", ".gz", ".zip", ".pdf"];

    /// <summary>Paths relative to the root, with '/', in order.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(Repository.Root).Select(Relative).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> TextFiles { get; } = [.. Files.Where(file => !BinaryExtensions.Contains(Path.GetExtension(file)))];

    public static IEnumerable<string> CSharpUnder(string folder) =>
        Files.Where(file => file.StartsWith(folder, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal));

    public static string Read(string file) => Repository.ReadText(file);

    public static bool IsGenerated(string file) => file.Contains(".g.", StringComparison.Ordinal) || file.EndsWith("packages.lock.json", StringComparison.Ordinal);

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    private static IEnumerable<string> Walk(string folder)
    {
        // A worktree's .git is a file, a clone's a folder; neither is source.
        foreach (var file in Directory.EnumerateFiles(folder))
            if (Path.GetFileName(file) != ".git") yield return file;
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            if (Outside.Contains(Path.GetFileName(child))) continue;
            foreach (var file in Walk(child)) yield return file;
        }
    }
}

/// <summary>Fails with every finding on a line of its own; an assertion on a collection shows only the first few, cut short.</summary>
public static class Finding
{
    public static void None(IEnumerable<string> findings)
    {
        var all = findings.Distinct().ToList();
        if (all.Count > 0) Assert.Fail($"{all.Count} found:\n{string.Join('\n', all.Take(60))}");
    }
}
