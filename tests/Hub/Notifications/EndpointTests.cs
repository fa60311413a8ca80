using Vkp.Hub.Registry;

namespace Vkp.Hub.Tests.Notifications;

/// <summary>Where the hub lets itself be sent by somebody's word.</summary>
public class EndpointTests
{
    [Theory]
    [InlineData("https://epj.example.org/hook", true)]
    [InlineData("https://epj.example.org/hook/2?key=1", true)]
    [InlineData("https://EPJ.example.org:443/hook", true)]
    [InlineData("https://epj.example.org/hooks", false)]
    [InlineData("https://epj.example.org/hook/../admin", false)]
    [InlineData("https://epj.example.org/hook/%2e%2e/admin", false)]
    [InlineData("https://epj.example.org:8443/hook", false)]
    [InlineData("http://epj.example.org/hook", false)]
    [InlineData("https://epj.example.org.evil.example/hook", false)]
    [InlineData("https://evil.example/https://epj.example.org/hook", false)]
    public void Only_addresses_under_an_approved_beginning_are_approved(string endpoint, bool isApproved) =>
        Assert.Equal(isApproved, ApprovedEndpoints.Hold("https://other.example.org https://epj.example.org/hook/", new Uri(endpoint)));

    [Fact]
    public void Nothing_named_approves_nothing()
    {
        Assert.False(ApprovedEndpoints.Hold(null, new Uri("https://epj.example.org")));
        Assert.False(ApprovedEndpoints.Hold("", new Uri("https://epj.example.org")));
    }

    [Theory]
    [InlineData("https://epj.example.org/hook", true)]
    [InlineData("http://127.0.0.1:8080/hook", true)]
    [InlineData("http://epj.example.org/hook", false)]
    [InlineData("https://epj.example.org@evil.example/hook", false)]
    [InlineData("https://epj.example.org/hook#part", false)]
    [InlineData("ftp://epj.example.org/hook", false)]
    [InlineData("/hook", false)]
    [InlineData(null, false)]
    public void An_address_to_call_is_https_or_on_this_machine_and_plain(string? address, bool isGood) => Assert.Equal(isGood, ApprovedEndpoints.Fault(address) is null);
}
