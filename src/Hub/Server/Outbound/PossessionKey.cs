using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vkp.Hub.Outbound;

/// <summary>The key the hub's own tokens are bound to: made at the start, never stored, so that a token copied from anywhere is worth nothing without this process.</summary>
internal sealed class PossessionKey : IDisposable
{
    /// <summary>`dpop+jwt` as such: escaped it is the same JSON, and not every reader of proofs is one of JSON.</summary>
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public void Dispose() => key.Dispose();

    /// <summary>A proof for one request (RFC 9449 section 4.2).</summary>
    /// <param name="token">The access token it goes with; null towards the issuer, who has given none yet.</param>
    /// <param name="nonce">What the receiver demanded with `DPoP-Nonce`.</param>
    public string Prove(string method, Uri address, DateTimeOffset now, string? token, string? nonce)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var header = new JsonObject
        {
            ["typ"] = "dpop+jwt", ["alg"] = "ES256",
            ["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) },
        };
        var claims = new JsonObject { ["jti"] = $"{Guid.NewGuid():N}", ["htm"] = method, ["htu"] = address.GetLeftPart(UriPartial.Path), ["iat"] = now.ToUnixTimeSeconds() };
        if (token is not null) claims["ath"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
        if (nonce is not null) claims["nonce"] = nonce;
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString(Plain)));
}
