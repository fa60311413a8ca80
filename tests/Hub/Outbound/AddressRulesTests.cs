using System.Net;
using Vkp.Hub.Outbound;

namespace Vkp.Hub.Tests.Outbound;

public class AddressRulesTests
{
    private static readonly IPNetwork[] Municipal = [IPNetwork.Parse("10.40.0.0/16"), IPNetwork.Parse("fd12:3456::/32")];

    [Theory]
    [InlineData("93.184.215.14")]
    [InlineData("2606:2800:21f:cb07::1")]
    [InlineData("10.40.2.7")]
    [InlineData("::ffff:10.40.2.7")]
    [InlineData("fd12:3456::7")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    public void May_be_connected_to_in_production(string address) => Assert.True(AddressRules.Allows(IPAddress.Parse(address), isLoopbackAllowed: false, Municipal));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("10.41.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fc00::1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("::")]
    [InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001:0:a00:1::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("203.0.113.7")]
    public void Is_never_connected_to_in_production(string address) => Assert.False(AddressRules.Allows(IPAddress.Parse(address), isLoopbackAllowed: false, Municipal));

    [Theory]
    [InlineData("169.254.169.254")]
    [InlineData("0.0.0.0")]
    [InlineData("fe80::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    public void No_configuration_opens(string address) =>
        Assert.False(AddressRules.Allows(IPAddress.Parse(address), isLoopbackAllowed: true, [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")]));
}
