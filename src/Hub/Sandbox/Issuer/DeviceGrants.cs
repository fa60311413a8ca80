using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Vkp.Sandbox;

/// <summary>
/// The device authorization grant (RFC 8628) of the development issuer: a command line asks, a person says in a browser who she is, the command line fetches the token.
/// Nobody is asked for a password: whoever reaches the page chooses one of the invented people.
/// </summary>
internal sealed class DeviceGrants(TimeProvider time)
{
    public const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    public const int IntervalSeconds = 1;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Letters that are not taken for one another (RFC 8628 section 6.1).</summary>
    private const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    private readonly ConcurrentDictionary<string, Asked> byDeviceCode = new(StringComparer.Ordinal);

    public (string DeviceCode, string UserCode) Ask(string client)
    {
        foreach (var (code, old) in byDeviceCode)
        {
            if (old.Until < time.GetUtcNow()) byDeviceCode.TryRemove(code, out _);
        }

        var letters = RandomNumberGenerator.GetString(Letters, 8);
        var asked = new Asked(client, $"{letters[..4]}-{letters[4..]}", time.GetUtcNow() + Lifetime);
        var deviceCode = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        byDeviceCode[deviceCode] = asked;
        return (deviceCode, asked.UserCode);
    }

    /// <summary>The person says yes, as whom; false when nobody asks under this code.</summary>
    public bool Approve(string userCode, string subject)
    {
        var asked = byDeviceCode.Values.FirstOrDefault(a => string.Equals(a.UserCode, userCode.Trim(), StringComparison.OrdinalIgnoreCase) && a.Until >= time.GetUtcNow());
        if (asked is null || StaffPeople.All.All(person => person.Subject != subject)) return false;
        asked.Subject = subject;
        return true;
    }

    /// <summary>The subject once it is approved, which counts once; else the error of RFC 8628 section 3.5.</summary>
    public (string? Subject, TokenRefusal? Refusal) Take(string deviceCode, string client)
    {
        if (!byDeviceCode.TryGetValue(deviceCode, out var asked) || asked.Client != client) return (null, new TokenRefusal(400, "invalid_grant", "no such device_code of this client"));
        if (asked.Until < time.GetUtcNow()) return (null, new TokenRefusal(400, "expired_token", "the device_code has expired"));
        if (asked.Subject is not { } subject) return (null, new TokenRefusal(400, "authorization_pending", "nobody has approved it yet"));
        return byDeviceCode.TryRemove(deviceCode, out _) ? (subject, null) : (null, new TokenRefusal(400, "invalid_grant", "the device_code is used"));
    }

    /// <summary>The page on which one chooses who one is.</summary>
    public static string Page(string userCode)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"nb\"><head><meta charset=\"utf-8\"><title>Logg inn i sandkassen</title></head><body>\n<h1>Hvem er du i sandkassen?</h1>\n");
        page.Append($"<p>Koden er <strong>{WebUtility.HtmlEncode(userCode)}</strong>. Alle her er oppdiktet.</p>\n");
        foreach (var person in StaffPeople.All)
        {
            page.Append($"<form method=\"post\"><input type=\"hidden\" name=\"user_code\" value=\"{WebUtility.HtmlEncode(userCode)}\"><input type=\"hidden\" name=\"subject\" value=\"{person.Subject}\"><button>{WebUtility.HtmlEncode(person.Name)}</button></form>\n");
        }

        return page.Append("</body></html>\n").ToString();
    }

    private sealed record Asked(string Client, string UserCode, DateTimeOffset Until)
    {
        public string? Subject { get; set; }
    }
}
