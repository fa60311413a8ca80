using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Vkp.Sandbox;

/// <summary>What a client posted to the token endpoint, or why it cannot be read.</summary>
internal abstract record TokenRequest
{
    private const string AssertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private TokenRequest()
    {
    }

    internal sealed record Readable(string ClientId, JsonWebToken Assertion, IReadOnlyList<string> Scopes) : TokenRequest;

    internal sealed record Faulty(TokenRefusal Refusal) : TokenRequest;

    public static TokenRequest From(IFormCollection form)
    {
        if (form["grant_type"] != "client_credentials")
            return Refuse("unsupported_grant_type", "grant_type must be 'client_credentials'");
        if (form["client_assertion_type"] != AssertionType)
            return Refuse("invalid_client", $"client_assertion_type must be '{AssertionType}': this issuer takes private_key_jwt only", status: 401);

        JsonWebToken assertion;
        try
        {
            assertion = new JsonWebToken(form["client_assertion"].ToString());
        }
        catch (ArgumentException)
        {
            return Refuse("invalid_client", "client_assertion is not a signed JWT", status: 401);
        }

        var clientId = form.TryGetValue("client_id", out var given) ? given.ToString() : assertion.Subject;
        if (string.IsNullOrEmpty(clientId)) return Refuse("invalid_client", "client_id is missing, and the assertion has no sub", status: 401);
        var scopes = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToArray();
        return new Readable(clientId, assertion, scopes);
    }

    private static Faulty Refuse(string error, string description, int status = 400) => new(new TokenRefusal(status, error, description));
}

/// <summary>An error of RFC 6749 section 5.2.</summary>
internal sealed record TokenRefusal(int Status, string Error, string Description);
