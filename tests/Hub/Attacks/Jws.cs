using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>Signed texts made by hand, right and wrong ones, without the code under test (RFC 7515).</summary>
internal static class Jws
{
    public static string Sign(JsonObject header, JsonObject payload, AsymmetricAlgorithm key) => Finish(header, payload, text => key switch
    {
        ECDsa curve => curve.SignData(text, HashOf((string?)header["alg"])),
        RSA rsa => rsa.SignData(text, HashOf((string?)header["alg"]), ((string?)header["alg"])?.StartsWith("PS", StringComparison.Ordinal) == true ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1),
        _ => throw new ArgumentException("neither RSA nor ECDSA", nameof(key)),
    });

    public static string SignWithSecret(JsonObject header, JsonObject payload, byte[] secret) => Finish(header, payload, text => HMACSHA256.HashData(secret, text));

    public static string Unsigned(JsonObject header, JsonObject payload) => Finish(header, payload, _ => []);

    /// <summary>The public half, as a proof's header carries it.</summary>
    public static JsonObject PublicJwk(AsymmetricAlgorithm key)
    {
        switch (key)
        {
            case ECDsa curve:
                var point = curve.ExportParameters(includePrivateParameters: false).Q;
                return new JsonObject { ["kty"] = "EC", ["crv"] = curve.KeySize == 256 ? "P-256" : "P-384", ["x"] = Base64UrlEncoder.Encode(point.X), ["y"] = Base64UrlEncoder.Encode(point.Y) };
            case RSA rsa:
                var parts = rsa.ExportParameters(includePrivateParameters: false);
                return new JsonObject { ["kty"] = "RSA", ["n"] = Base64UrlEncoder.Encode(parts.Modulus), ["e"] = Base64UrlEncoder.Encode(parts.Exponent) };
            default:
                throw new ArgumentException("neither RSA nor ECDSA", nameof(key));
        }
    }

    /// <summary>RFC 7638: the members of a public key in the order of their names, without blanks.</summary>
    public static string Thumbprint(JsonObject jwk)
    {
        string[] members = (string?)jwk["kty"] == "EC" ? ["crv", "kty", "x", "y"] : ["e", "kty", "n"];
        var text = $"{{{string.Join(',', members.Select(name => $"\"{name}\":\"{(string?)jwk[name]}\""))}}}";
        return Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public static RSA Load(string jwkFile)
    {
        var key = JsonDocument.Parse(File.ReadAllText(jwkFile)).RootElement;
        byte[] Part(string name) => Base64UrlEncoder.DecodeBytes(key.GetProperty(name).GetString());
        return RSA.Create(new RSAParameters { Modulus = Part("n"), Exponent = Part("e"), D = Part("d"), P = Part("p"), Q = Part("q"), DP = Part("dp"), DQ = Part("dq"), InverseQ = Part("qi") });
    }

    private static string Finish(JsonObject header, JsonObject payload, Func<byte[], byte[]> sign)
    {
        var text = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{Base64UrlEncoder.Encode(payload.ToJsonString())}";
        return $"{text}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    private static HashAlgorithmName HashOf(string? algorithm) => algorithm?[^3..] switch
    {
        "384" => HashAlgorithmName.SHA384,
        "512" => HashAlgorithmName.SHA512,
        "RS1" => HashAlgorithmName.SHA1,
        _ => HashAlgorithmName.SHA256,
    };
}
