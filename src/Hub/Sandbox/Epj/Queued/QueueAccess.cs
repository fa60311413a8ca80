using System.Net;

namespace Vkp.Sandbox;

/// <summary>A journal system's own place in a transport, and as whom it is reached.</summary>
/// <param name="Address">`postgresql://host:port/database`, `amqp://host:port/virtual-host` or `amqps://...`; without TLS on this machine only.</param>
/// <param name="Password">Null where the transport asks for none.</param>
/// <param name="Queue">The endpoint's name, which is its queue's; at most 55 bytes.</param>
public sealed record QueueAccess(Uri Address, string User, string? Password, string Queue)
{
    /// <summary>What an endpoint is called unless told.</summary>
    public const string DefaultQueue = "Eksempel.Epj";

    /// <summary>The schema that is the destination's alone; PostgreSQL transport only.</summary>
    public string? Schema { get; init; }

    /// <summary>The database or the virtual host.</summary>
    public string Path => Uri.UnescapeDataString(Address.AbsolutePath.TrimStart('/'));

    internal bool IsLoopback => Address.IsLoopback || (IPAddress.TryParse(Address.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{Queue} at {Address}";
}
