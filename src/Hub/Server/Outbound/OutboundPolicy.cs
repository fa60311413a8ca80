using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Vkp.Hub.Intake;

namespace Vkp.Hub.Outbound;

/// <summary>A driver's host is at an address that the hub may not connect to.</summary>
public sealed class AddressRefusedException() : IOException("The host is at an address that the hub may not connect to.");

/// <summary>Turns a host name into addresses.</summary>
public delegate Task<IPAddress[]> ResolveHost(string host, CancellationToken ct);

/// <summary>
/// How the hub connects to anybody: the one place. The name is resolved once, the addresses are judged, and the connection goes to a judged address, so that no second
/// answer of a name server comes between. No redirect is followed and no proxy used, by any handler made here.
/// </summary>
/// <param name="allowed">Private networks that the operator names for everybody.</param>
/// <param name="own">Private networks that the operator names for one municipality: no other's configuration leads there.</param>
public sealed class OutboundPolicy(
    HubEnvironment environment, IReadOnlyList<IPNetwork> allowed, ILogger<OutboundPolicy> log, ResolveHost? resolve = null, IReadOnlyDictionary<int, IReadOnlyList<IPNetwork>>? own = null)
{
    /// <summary>For a person's own tool on a person's own machine, which reaches what the person reaches.</summary>
    public static OutboundPolicy OfPerson { get; } = new(HubEnvironment.Development, [IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")], NullLogger<OutboundPolicy>.Instance);

    private readonly ResolveHost resolve = resolve ?? Dns.GetHostAddressesAsync;

    /// <summary>Whether a municipality may go where others may not; then its connections are its own, since an open one is not judged again.</summary>
    public bool HasOwn(int tenant) => own?.ContainsKey(tenant) == true;

    /// <summary>A handler whose every connection is judged.</summary>
    /// <param name="tenant">For whom it connects; null for the hub itself.</param>
    public SocketsHttpHandler CreateHandler(TimeSpan connectTimeout, int? tenant = null) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = connectTimeout,
        // A name that moves is followed, and judged again.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        MaxResponseHeadersLength = 32,
        // No trace of a call: some EPJs put a patient's number and a key in the address, and a trace would carry it away.
        ActivityHeadersPropagator = null,
        ConnectCallback = (context, ct) => ConnectAsync(context.DnsEndPoint, tenant, ct),
    };

    /// <exception cref="SocketException">No address of the host may be connected to, or none answers.</exception>
    public ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken ct) => ConnectAsync(target, tenant: null, ct);

    /// <summary>
    /// For drivers of databases and brokers, which connect by themselves: whether every address that the host has now may be connected to. A name that moves between this
    /// and the driver's own look is not seen; beyond this machine such drivers demand the host's certificate before they say who they are.
    /// </summary>
    /// <exception cref="AddressRefusedException">An address of the host may not be connected to.</exception>
    /// <exception cref="IOException">The host has no address.</exception>
    public async Task CheckAsync(string host, int tenant, CancellationToken ct)
    {
        try
        {
            var addresses = await AddressesAsync(host, ct);
            if (!addresses.All(address => IsAllowed(address, tenant))) throw new AddressRefusedException();
        }
        catch (SocketException unknown)
        {
            throw new IOException("The host has no address.", unknown);
        }
    }

    private bool IsAllowed(IPAddress address, int? tenant)
    {
        IReadOnlyList<IPNetwork> networks = tenant is { } whose && own?.GetValueOrDefault(whose) is { } more ? [.. allowed, .. more] : allowed;
        return AddressRules.Allows(address, environment != HubEnvironment.Production, networks);
    }

    private async ValueTask<Stream> ConnectAsync(DnsEndPoint target, int? tenant, CancellationToken ct)
    {
        var judged = (await AddressesAsync(target.Host, ct)).Where(address => IsAllowed(address, tenant)).ToList();
        // For the operator, who may have forgotten a network; no address, since the host says which configuration it is.
        if (judged.Count == 0) log.LogWarning("VKP-593 {Host} is at no address that the hub may connect to. Hint: name its network with '--allow-network', for the municipality if it is a journal system's.", target.Host);
        Exception? failure = null;
        foreach (var address in judged)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception lost)
            {
                socket.Dispose();
                if (lost is not SocketException) throw;
                failure = lost;
            }
        }

        // Says no more than that: whoever sees the answer could otherwise learn what is there by asking.
        throw failure ?? new SocketException((int)SocketError.NetworkUnreachable);
    }

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken ct) => IPAddress.TryParse(host, out var address) ? [address] : await resolve(host, ct);
}
