using Vkp.Fhir.Tests.Support;

namespace Vkp.Fhir.Tests.Generation;

public sealed class GeneratedModelTests
{
    /// <summary>Also finds orphans: a generated file that the generator no longer writes.</summary>
    [Fact]
    public void The_generated_files_are_what_the_generator_makes_today()
    {
        var folder = Path.Combine(OfficialPackage.Root, "src", "Fhir");
        var made = Vkp.ModelGenerator.Generation.Run(OfficialPackage.Folder);
        var kept = Directory.GetFiles(folder, "*.g.*", SearchOption.AllDirectories)
            .Select(x => Path.GetRelativePath(folder, x).Replace('\\', '/'))
            .Where(x => !x.StartsWith("obj/", StringComparison.Ordinal) && !x.StartsWith("bin/", StringComparison.Ordinal));

        Assert.Equal(made.Keys, kept.Order(StringComparer.Ordinal));
        Assert.All(made, x => Assert.True(File.ReadAllText(Path.Combine(folder, x.Key)) == x.Value, $"{x.Key} differs: run tools/ModelGenerator"));
    }

    [Fact]
    public void No_generated_class_is_longer_than_a_reader_bears() =>
        Assert.All(Vkp.ModelGenerator.Generation.Run(OfficialPackage.Folder).Where(x => x.Key.EndsWith(".cs", StringComparison.Ordinal)), x => Assert.InRange(x.Value.Split('\n').Length, 1, 500));
}
