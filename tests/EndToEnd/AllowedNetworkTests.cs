using System.Net;
using Vkp.Cli;
using Vkp.Cli.Up;

namespace Vkp.EndToEnd.Tests;

/// <summary>What `vkp serve --allow-network` takes.</summary>
public class AllowedNetworkTests
{
    [Fact]
    public void A_network_is_named_for_one_municipality_or_for_all()
    {
        AllowedNetwork[] named = [AllowedNetwork.Parse("10.40.0.0/16"), AllowedNetwork.Parse("888134574=10.41.0.0/16"), AllowedNetwork.Parse("888134574=fd12::/32")];

        Assert.Equal([IPNetwork.Parse("10.40.0.0/16")], AllowedNetwork.OfAll(named));
        Assert.Equal([IPNetwork.Parse("10.41.0.0/16"), IPNetwork.Parse("fd12::/32")], Assert.Single(AllowedNetwork.OfEach(named)).Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.40.0.0")]
    [InlineData("1=10.40.0.0/16")]
    [InlineData("888134574=")]
    [InlineData("888134574=888134574=10.40.0.0/16")]
    public void What_is_none_is_refused(string text) => Assert.StartsWith("VKP-924", Assert.Throws<CommandException>(() => AllowedNetwork.Parse(text)).Message, StringComparison.Ordinal);
}
