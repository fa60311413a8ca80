using Vkp.Hub.Tests.Sandbox;

namespace Vkp.Hub.Tests;

public sealed class SecretsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_file_that_the_variable_names_is_read_anew_each_time()
    {
        var file = Write("first\n");
        Assert.Equal("first", Secrets.Read("KEY", Named(file)));

        File.WriteAllText(file, "second");

        Assert.Equal("second", Secrets.Read("KEY", Named(file)));
    }

    [Fact]
    public void The_variable_itself_goes_before_its_file()
    {
        var file = Write("from the file");

        Assert.Equal("from the variable", Secrets.Read("KEY", name => name == "KEY" ? "from the variable" : file));
    }

    [Fact]
    public void Without_either_there_is_none()
    {
        Assert.Null(Secrets.Read("KEY", _ => null));
        Assert.Null(Secrets.ReadAtStart("KEY", _ => null));
        Assert.Null(Secrets.Read("KEY", Named(folder.File("nowhere"))));
    }

    [Fact]
    public void The_hub_does_not_start_without_a_file_that_is_named()
    {
        var refused = Assert.Throws<HubStartException>(() => Secrets.ReadAtStart("KEY", Named(folder.File("nowhere"))));

        Assert.Contains("VKP-904", refused.Message, StringComparison.Ordinal);
    }

    private static Func<string, string?> Named(string file) => name => name == "KEY_FILE" ? file : null;

    private string Write(string content)
    {
        var file = folder.File("secret");
        File.WriteAllText(file, content);
        return file;
    }
}
