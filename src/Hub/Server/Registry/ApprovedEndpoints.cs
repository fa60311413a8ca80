namespace Vkp.Hub.Registry;

/// <summary>
/// Which addresses a journal system may ask the hub to call: the municipality names their beginnings in its configuration, so that a client with a token cannot
/// make the hub call anything else. Pure; what the names resolve to is looked at when the connection is made.
/// </summary>
public static class ApprovedEndpoints
{
    /// <summary>The setting of a destination that names them, divided by blanks.</summary>
    public const string Setting = "endpoints";

    /// <summary>What is wrong with an address that the hub shall call on somebody's word; null when nothing is.</summary>
    public static string? Fault(string? address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https")) return "it is not an absolute http(s) URL";
        if (endpoint.UserInfo.Length > 0) return "it has user info";
        if (endpoint.Fragment.Length > 0) return "it has a fragment";
        return endpoint.Scheme == "http" && !endpoint.IsLoopback ? "it is not https" : null;
    }

    /// <param name="approved">The setting's value; null approves nothing.</param>
    public static bool Hold(string? approved, Uri endpoint) =>
        approved?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(beginning => Fault(beginning) is null && IsUnder(new Uri(beginning), endpoint)) == true;

    /// <summary>Same scheme, host and port, and the path goes on where the beginning's ends: `/hook` covers `/hook/1` and not `/hooks`.</summary>
    private static bool IsUnder(Uri beginning, Uri endpoint)
    {
        if (beginning.Scheme != endpoint.Scheme || beginning.IdnHost != endpoint.IdnHost || beginning.Port != endpoint.Port) return false;

        var path = beginning.AbsolutePath.TrimEnd('/');
        return endpoint.AbsolutePath.StartsWith(path, StringComparison.Ordinal) && (endpoint.AbsolutePath.Length == path.Length || endpoint.AbsolutePath[path.Length] == '/');
    }
}
