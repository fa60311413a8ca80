using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>Makes assertions by hand, right and wrong ones, without the code under test.</summary>
internal sealed class TestKey
{
    private readonly RSA? rsa;
    private readonly ECDsa? ecdsa;
    private readonly JsonObject jwk;

    private TestKey(RSA? rsa, ECDsa? ecdsa)
    {
        this.rsa = rsa;
        this.ecdsa = ecdsa;
        jwk = rsa is not null ? Public(rsa) : Public(ecdsa!);
    }

    public string PublicJwk => jwk.ToJsonString();

    public static TestKey Make(string algorithm) =>
        algorithm == "ES256" ? new(null, ECDsa.Create(ECCurve.NamedCurves.nistP256)) : new(RSA.Create(2048), null);

    public static string Unsigned(Dictionary<string, object> claims) => Head("none", "client-authentication+jwt", null) + "." + Part(claims) + ".";

    public static string SignedWithSecret(string secret, Dictionary<string, object> claims)
    {
        var text = Head("HS256", "client-authentication+jwt", null) + "." + Part(claims);
        return text + "." + Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
    }

    public string Sign(string algorithm, Dictionary<string, object> claims, string typ = "client-authentication+jwt", bool bringKey = false)
    {
        var text = Head(algorithm, typ, bringKey ? jwk : null) + "." + Part(claims);
        var bytes = Encoding.UTF8.GetBytes(text);
        var signature = algorithm switch
        {
            "ES256" => ecdsa!.SignData(bytes, HashAlgorithmName.SHA256),
            "PS256" => rsa!.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            _ => rsa!.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return text + "." + Base64UrlEncoder.Encode(signature);
    }

    private static string Head(string algorithm, string typ, JsonObject? key)
    {
        var head = new JsonObject { ["alg"] = algorithm, ["typ"] = typ };
        if (key is not null) head["jwk"] = key.DeepClone();
        return Base64UrlEncoder.Encode(head.ToJsonString());
    }

    private static string Part(Dictionary<string, object> claims) => Base64UrlEncoder.Encode(JsonSerializer.Serialize(claims));

    private static JsonObject Public(RSA key)
    {
        var part = key.ExportParameters(false);
        return new() { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(part.Modulus), ["e"] = Base64UrlEncoder.Encode(part.Exponent) };
    }

    private static JsonObject Public(ECDsa key)
    {
        var part = key.ExportParameters(false);
        return new() { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64UrlEncoder.Encode(part.Q.X), ["y"] = Base64UrlEncoder.Encode(part.Q.Y) };
    }
}
