using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Vkp.Sandbox;

/// <summary>
/// What a client's library does with a token that is bound to its key (RFC 9449): sends it as DPoP instead of Bearer, with a proof made for this one request.
/// Requests with other tokens, or none, pass as they are.
/// </summary>
/// <param name="holderOf">The client whose token it is, by its id.</param>
public sealed class ProvingHandler(Func<string, DevelopmentClient> holderOf) : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is { Scheme: "Bearer", Parameter: { } token } && HolderOf(token) is { } clientId)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("DPoP", token);
            request.Headers.Add("DPoP", holderOf(clientId).BuildProof(request.Method.Method, request.RequestUri!, token));
        }

        return base.SendAsync(request, cancellationToken);
    }

    /// <summary>Null when the token is bound to no key.</summary>
    private static string? HolderOf(string token)
    {
        // What is no token is somebody's test of what the hub says to it.
        if (!new JsonWebTokenHandler().CanReadToken(token)) return null;
        try
        {
            var read = new JsonWebToken(token);
            return read.TryGetPayloadValue<JsonElement>("cnf", out _) && read.TryGetPayloadValue<string>("client_id", out var clientId) ? clientId : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
