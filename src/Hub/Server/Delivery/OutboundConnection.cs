using System.Net;
using System.Net.Http;
using System.Net.Sockets;

namespace Vkp.Hub.Delivery;

/// <summary>
/// Opens connections to addresses that others named. The address that is connected to is the one that was looked at, so that a name which resolves to something else a
/// moment later leads nowhere. Private addresses are allowed: most journal systems have one, and the municipality has named it.
/// </summary>
public static class OutboundConnection
{
    public static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var named = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, ct);
        var allowed = Array.FindAll(named, address => !IsForbidden(address));
        if (allowed.Length == 0) throw new SocketException((int)SocketError.AccessDenied);

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Addresses at which no journal system can be, and where clouds keep their machines' secrets: link-local, unspecified, multicast, broadcast.</summary>
    public static bool IsForbidden(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return plain.IsIPv6LinkLocal || plain.IsIPv6Multicast || plain.Equals(IPAddress.IPv6Any) || plain.Equals(IPAddress.Parse("fd00:ec2::254"));
        }

        var bytes = plain.GetAddressBytes();
        return bytes[0] == 0 || bytes[0] >= 224 || (bytes[0] == 169 && bytes[1] == 254);
    }
}
