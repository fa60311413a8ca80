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
        var (file, error) = RegistryFile.Parse("municipalities: " + (opening == "- " ? "\n" : "") + string.Concat(Enumerable.Repeat(opening, times)));

        Assert.Null(file);
        Assert.NotNull(error);
    }

    [Fact]
    public void Aliases_are_refused()
    {
        var (file, error) = RegistryFile.Parse("municipalities: [ &one { orgNo: \"888134574\", name: Eksempel }, *one ]");

        Assert.Null(file);
        Assert.Contains("aliases", error!.Message, StringComparison.Ordinal);
    }
}
