using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Vkp.Cli.Admin;

/// <summary>The device authorization grant (RFC 8628): the person signs in in a browser anywhere, the command line waits. No secret of hers passes through it.</summary>
public sealed class DeviceSignIn(HttpClient http, TimeProvider time)
{
    private const string GrantType = "urn:ietf:params:oauth:grant-type:device_code";

    /// <param name="tell">Told where to go and with which code.</param>
    /// <exception cref="CommandException">VKP-928: refused, given up, or the issuer is not as it should be.</exception>
    public async Task<SignIn> RunAsync(StaffIssuer where, Action<string> tell, CancellationToken ct)
    {
        var issuer = where.Issuer.AbsoluteUri.TrimEnd('/');
        if (where.Issuer is { Scheme: not "https", IsLoopback: false }) throw CommandException.SignInRefused("it is not reached over https");

        var discovery = await AskAsync(() => http.GetAsync(new Uri(issuer + "/.well-known/openid-configuration"), ct), ct);
        if (Text(discovery, "issuer").TrimEnd('/') != issuer) throw CommandException.SignInRefused("it calls itself by another name");

        var asked = await PostAsync(Text(discovery, "device_authorization_endpoint"), [new("client_id", where.Client), new("scope", "openid"), new("audience", where.Audience)], ct);
        if (asked["device_code"] is null) throw CommandException.SignInRefused(Error(asked));
        tell($"Open {(string?)asked["verification_uri_complete"] ?? Text(asked, "verification_uri")} and check that the code is {Text(asked, "user_code")}");

        var token = await WaitAsync(Text(discovery, "token_endpoint"), where.Client, asked, ct);
        var read = new JsonWebToken(token);
        return new SignIn(null, read.Issuer, read.Subject, token, new DateTimeOffset(read.ValidTo, TimeSpan.Zero));
    }

    private async Task<string> WaitAsync(string endpoint, string client, JsonNode asked, CancellationToken ct)
    {
        var until = time.GetUtcNow() + TimeSpan.FromSeconds((int?)asked["expires_in"] ?? 300);
        var interval = TimeSpan.FromSeconds((int?)asked["interval"] ?? 5);
        while (time.GetUtcNow() < until)
        {
            await Task.Delay(interval, time, ct);
            var answer = await PostAsync(endpoint, [new("grant_type", GrantType), new("device_code", Text(asked, "device_code")), new("client_id", client)], ct);
            if ((string?)answer["access_token"] is { } token) return token;
            if (Error(answer) == "slow_down") interval += TimeSpan.FromSeconds(5);
            else if (Error(answer) != "authorization_pending") throw CommandException.SignInRefused(Error(answer));
        }

        throw CommandException.SignInRefused("nobody approved it in time");
    }

    private Task<JsonNode> PostAsync(string address, List<KeyValuePair<string, string>> form, CancellationToken ct) => AskAsync(
        () => http.PostAsync(new Uri(address), new FormUrlEncodedContent(form), ct), ct);

    private static async Task<JsonNode> AskAsync(Func<Task<HttpResponseMessage>> ask, CancellationToken ct)
    {
        try
        {
            using var answer = await ask();
            return JsonNode.Parse(await answer.Content.ReadAsStringAsync(ct)) ?? throw CommandException.SignInRefused("it answers nothing");
        }
        catch (Exception odd) when (odd is HttpRequestException or JsonException)
        {
            throw CommandException.SignInRefused("it does not answer, or not as an issuer");
        }
    }

    private static string Text(JsonNode answer, string name) => (string?)answer[name] ?? throw CommandException.SignInRefused($"its answer has no '{name}'");

    /// <summary>A code of the specifications; an issuer's own words are not repeated.</summary>
    private static string Error(JsonNode answer) => (string?)answer["error"] is { Length: > 0 and < 40 } code ? code : "no reason is given";
}
