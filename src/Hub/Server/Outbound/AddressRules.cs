using System.Net;

namespace Vkp.Hub.Outbound;

/// <summary>Which addresses the hub may connect to. Pure. A journal system's address is configuration, and a configuration can be wrong or somebody's trick: what it must never reach is refused by address.</summary>
public static class AddressRules
{
    /// <summary>Nobody's journal system, whatever a configuration says: this network, link-local (where clouds keep their machines' credentials), multicast, reserved, and the forms of IPv6 that hide an IPv4 address.</summary>
    private static readonly IPNetwork[] Never = Parse(
        "0.0.0.0/8", "169.254.0.0/16", "168.63.129.16/32", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fe80::/10", "fd00:ec2::254/128", "fec0::/10", "ff00::/8");

    /// <summary>Somebody's own network: municipal journal systems are there, and so is much else. Only what the configuration names.</summary>
    private static readonly IPNetwork[] Private = Parse("10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    /// <param name="isLoopbackAllowed">In development and test, where the simulated parties are on this machine; elsewhere it is a private network like others.</param>
    /// <param name="allowed">Private networks that the operator names.</param>
    public static bool Allows(IPAddress address, bool isLoopbackAllowed, IReadOnlyList<IPNetwork> allowed)
    {
        // ::ffff:10.0.0.1 is 10.0.0.1 to the network.
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (IPAddress.IsLoopback(plain)) return isLoopbackAllowed || allowed.Any(network => network.Contains(plain));
        if (Never.Any(network => network.Contains(plain)) || IsCompatible(plain)) return false;
        return !Private.Any(network => network.Contains(plain)) || allowed.Any(network => network.Contains(plain));
    }

    /// <summary>`::a.b.c.d`, long deprecated and still taken by some stacks.</summary>
    private static bool IsCompatible(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && address.GetAddressBytes().AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0;

    private static IPNetwork[] Parse(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
