using System.Collections.Concurrent;
using System.Text.Json;

namespace Vkp.Hub.Outbound;

/// <summary>
/// The hub as a client: access tokens of its own, by client credentials and a signed assertion, kept until they are nearly spent. Where an issuer is away nothing is
/// asked of it again for some seconds, however many wait.
/// </summary>
public sealed class TokenClient(OutboundPolicy policy, TimeProvider time) : IDisposable
{
    private readonly HttpClient http = new(policy.CreateHandler(TimeSpan.FromSeconds(3))) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 262_144 };
    private readonly PossessionKey possession = new();
    private readonly ConcurrentDictionary<TokenTerms, Holder> holders = new();

    public void Dispose()
    {
        http.Dispose();
        possession.Dispose();
        foreach (var holder in holders.Values) holder.Dispose();
    }

    /// <summary>A token that is good for a while yet; or in words why there is none, which hold nothing of key or token.</summary>
    public async Task<(OwnToken? Token, string? Fault)> GetAsync(TokenTerms terms, CancellationToken ct)
    {
        var holder = holders.GetOrAdd(terms, _ => new Holder());
        if (Good(holder) is { } kept) return (kept, null);

        await holder.Gate.WaitAsync(ct);
        try
        {
            if (Good(holder) is { } others) return (others, null);
            if (time.GetUtcNow() < holder.AskAgainAt) return (null, holder.Fault);

            (holder.Current, holder.Fault) = await FetchAsync(terms, ct);
            if (holder.Current is null) holder.AskAgainAt = time.GetUtcNow() + Limits.TokenAskedAgainAfter;
            return (holder.Current, holder.Fault);
        }
        finally
        {
            holder.Gate.Release();
        }
    }

    /// <summary>The token was refused before its time: it is not used again.</summary>
    public void Forget(TokenTerms terms, OwnToken token)
    {
        if (holders.TryGetValue(terms, out var holder)) Interlocked.CompareExchange(ref holder.Current, null, token);
    }

    /// <summary>What goes with a request: the token, and where it is bound a proof for this request.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers(TokenTerms terms, OwnToken token, string method, Uri address) => terms.IsBound
        ? [("Authorization", $"DPoP {token.Value}"), ("DPoP", possession.Prove(method, address, time.GetUtcNow(), token.Value, nonce: null))]
        : [("Authorization", $"Bearer {token.Value}")];

    private OwnToken? Good(Holder holder) => holder.Current is { } token && time.GetUtcNow() < token.ExpiresAt - Limits.TokenMargin ? token : null;

    private async Task<(OwnToken? Token, string? Fault)> FetchAsync(TokenTerms terms, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Limits.TokenFetchTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            var authority = terms.Issuer.AbsoluteUri.TrimEnd('/');
            using var discovery = JsonDocument.Parse(await http.GetStringAsync(new Uri(authority + "/.well-known/openid-configuration"), both.Token));
            var (issuer, endpoint) = (discovery.RootElement.GetProperty("issuer").GetString(), new Uri(discovery.RootElement.GetProperty("token_endpoint").GetString()!));
            if (issuer?.TrimEnd('/') != authority) return (null, "the issuer calls itself by another name");
            if (endpoint.Scheme != terms.Issuer.Scheme) return (null, "the issuer's token endpoint is not reached as the issuer is");
            return await AskAsync(terms, issuer, endpoint, nonce: null, both.Token);
        }
        catch (Exception away) when (away is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or UriFormatException or ArgumentNullException)
        {
            return (null, "the issuer does not answer as one");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return (null, $"the issuer does not answer within {Limits.TokenFetchTimeout.TotalSeconds:0} s");
        }
    }

    private async Task<(OwnToken? Token, string? Fault)> AskAsync(TokenTerms terms, string issuer, Uri endpoint, string? nonce, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (ClientAssertion.Make(terms, issuer, now) is not { } assertion) return (null, "the client's key is no private JSON Web Key");

        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new FormUrlEncodedContent(
            [
                new("grant_type", "client_credentials"), new("client_id", terms.ClientId), new("scope", terms.Scope),
                new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"), new("client_assertion", assertion),
            ]),
        };
        if (terms.IsBound) request.Headers.Add("DPoP", possession.Prove("POST", endpoint, now, token: null, nonce));
        using var response = await http.SendAsync(request, ct);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
        if (response.IsSuccessStatusCode) return Read(terms, answer.RootElement, now);

        // The first request cannot know what the issuer wants in its proof; the refusal brings it.
        return nonce is null && response.Headers.TryGetValues("DPoP-Nonce", out var wanted)
            ? await AskAsync(terms, issuer, endpoint, wanted.First(), ct)
            : (null, $"the issuer answered {(int)response.StatusCode}");
    }

    /// <summary>A bound token that is none would be sent with a proof nobody looks at.</summary>
    private static (OwnToken? Token, string? Fault) Read(TokenTerms terms, JsonElement answer, DateTimeOffset now) =>
        terms.IsBound && !string.Equals(answer.GetProperty("token_type").GetString(), "DPoP", StringComparison.OrdinalIgnoreCase)
            ? (null, "the issuer did not bind the token")
            : (new OwnToken(answer.GetProperty("access_token").GetString()!, now.AddSeconds(answer.GetProperty("expires_in").GetInt32())), null);

    private sealed class Holder : IDisposable
    {
        /// <summary>A field, so that it is taken away only while it is the one that was refused.</summary>
        public OwnToken? Current;

        public SemaphoreSlim Gate { get; } = new(1, 1);

        public string? Fault { get; set; }

        public DateTimeOffset AskAgainAt { get; set; }

        public void Dispose() => Gate.Dispose();
    }
}
