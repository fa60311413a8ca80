using System.Globalization;
using System.Net;
using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Queues;

/// <summary>Where one destination's messages are put and its answers are found: a schema of a transport database, or a virtual host of a broker. No two destinations share one.</summary>
/// <param name="Settings">Secrets resolved.</param>
public sealed record QueuePlace(int Tenant, string Destination, Uri Address, IReadOnlyDictionary<string, string> Settings)
{
    /// <summary>The hub's own queue in every place.</summary>
    public const string HubQueue = "vkp.hub";

    /// <summary>Where the hub puts answers it cannot read.</summary>
    public const string ErrorQueue = "vkp.hub.error";

    public static QueuePlace Of(int tenant, Destination destination, Func<string, string?> environment) =>
        new(tenant, destination.Name, new Uri(destination.Address), DestinationSettings.Resolve(destination.Settings, environment));

    /// <summary>Whose place it is, as it stands in the place itself.</summary>
    public string Owner => $"{OrgNo}/{Destination}";

    public string OrgNo => Tenant.ToString("D9", CultureInfo.InvariantCulture);

    /// <summary>The database or the virtual host.</summary>
    public string Path => PathOf(Address);

    public bool WantsDocument => Settings.GetValueOrDefault(QueueKind.BodySetting) == QueueKind.FullBody;

    public int DepthMax => Settings.TryGetValue(QueueKind.DepthMaxSetting, out var depth) ? int.Parse(depth, NumberStyles.None, CultureInfo.InvariantCulture) : Limits.QueueDepthDefault;

    /// <summary>What tells two places, or two ways to reach one, apart in memory. Never shown: it holds the password.</summary>
    public string Key => string.Join('\n', Settings.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}").Prepend(Address.ToString()).Prepend(Owner));

    public static string PathOf(Uri address) => Uri.UnescapeDataString(address.AbsolutePath.TrimStart('/'));

    public static bool IsLoopback(Uri address) => address.IsLoopback || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Without settings: they hold the password.</summary>
    public override string ToString() => $"{Owner} at {Address}";
}
