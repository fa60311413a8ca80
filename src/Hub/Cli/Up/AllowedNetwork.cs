using System.Net;
using Vkp.Hub.Registry;

namespace Vkp.Cli.Up;

/// <summary>A private network that the operator names: for every municipality, or for one.</summary>
public sealed record AllowedNetwork(int? Tenant, IPNetwork Network)
{
    /// <summary>`10.40.0.0/16`, or `888134574=10.40.0.0/16`.</summary>
    /// <exception cref="CommandException">VKP-924.</exception>
    public static AllowedNetwork Parse(string text)
    {
        var parts = text.Split('=');
        if (!IPNetwork.TryParse(parts[^1], out var network) || parts.Length > 2) throw CommandException.NoNetwork(text);
        if (parts.Length == 1) return new AllowedNetwork(null, network);
        return RegistryFileReader.TryTenant(parts[0], out var tenant) ? new AllowedNetwork(tenant, network) : throw CommandException.NoNetwork(text);
    }

    public static IReadOnlyList<IPNetwork> OfAll(IEnumerable<AllowedNetwork> named) => [.. named.Where(one => one.Tenant is null).Select(one => one.Network)];

    public static IReadOnlyDictionary<int, IReadOnlyList<IPNetwork>> OfEach(IEnumerable<AllowedNetwork> named) => named
        .Where(one => one.Tenant is not null).GroupBy(one => one.Tenant!.Value).ToDictionary(of => of.Key, IReadOnlyList<IPNetwork> (of) => [.. of.Select(one => one.Network)]);
}
