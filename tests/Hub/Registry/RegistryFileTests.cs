using Vkp.Hub.Registry;

namespace Vkp.Hub.Tests.Registry;

public class RegistryFileTests
{
    [Theory]
    [InlineData("[", 100_000)]
    [InlineData("{a: ", 100_000)]
    [InlineData("- ", 50_000)]
    public void Nesting_without_end_is_refused_before_it_is_read(string opening, int times)
    {
        var (file, error) = RegistryFile.Read("municipalities: " + (opening == "- " ? "\n" : "") + string.Concat(Enumerable.Repeat(opening, times)));

        Assert.Null(file);
        Assert.NotNull(error);
    }

    /// <summary>The reader asks a wanted type for a static Parse(string) and calls it with what it found: of that name, the file's own reading would read itself without end.</summary>
    [Theory]
    [InlineData("municipalities")]
    [InlineData("\"\"")]
    public void A_file_of_one_word_is_refused(string yaml)
    {
        var (file, error) = RegistryFile.Read(yaml);

        Assert.Null(file);
        Assert.Equal("VKP-402", error!.Code);
    }

    [Fact]
    public void Aliases_are_refused()
    {
        var (file, error) = RegistryFile.Read("municipalities: [ &one { orgNo: \"888134574\", name: Eksempel }, *one ]");

        Assert.Null(file);
        Assert.Contains("aliases", error!.Message, StringComparison.Ordinal);
    }
}
