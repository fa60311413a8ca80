using Microsoft.AspNetCore.Http;

namespace Vkp.Hub.Identity;

/// <summary>
/// Under which addresses the hub is called from outside. Behind a reverse proxy they are configured: what a request says of itself (Host, X-Forwarded-Host) is the
/// caller's own word, and a proof made for another server could be passed on with it. Without configuration it is the address the hub listens on.
/// </summary>
/// <param name="passedOnFrom">Beside either: where a sandbox's self-test listens and passes requests on as they are.</param>
public sealed class PublicAddresses(IReadOnlyList<Uri> configured, IReadOnlyList<Uri> passedOnFrom)
{
    /// <summary>Whether an address in a proof is that of this request: scheme, host, port and path, query and fragment left aside (RFC 9449 section 4.3).</summary>
    public bool IsOf(HttpRequest request, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var named) || named.Scheme is not ("https" or "http") || named.UserInfo.Length > 0) return false;

        var isOwn = configured.Count > 0
            ? configured.Any(publicBase => IsUnder(named, publicBase, request))
            : IsSame(named, Listening(request.HttpContext.Connection), request.Path.Value ?? "");
        return isOwn || passedOnFrom.Any(door => IsUnder(named, door, request));
    }

    private static bool IsUnder(Uri named, Uri publicBase, HttpRequest request) => IsSame(named, publicBase, PathOf(publicBase.AbsolutePath).TrimEnd('/') + request.Path.Value);

    private static bool IsSame(Uri named, Uri own, string path) =>
        named.Scheme == own.Scheme && named.Port == own.Port && string.Equals(named.IdnHost, own.IdnHost, StringComparison.OrdinalIgnoreCase) && PathOf(named.AbsolutePath) == path;

    /// <summary>Unescaped as the server has unescaped the request's own, so that `%24status` and `$status` are one.</summary>
    private static string PathOf(string escaped) => PathString.FromUriComponent(escaped).Value ?? "";

    private static Uri Listening(ConnectionInfo connection) => new UriBuilder("http", $"{connection.LocalIpAddress}", connection.LocalPort).Uri;
}
