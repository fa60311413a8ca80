using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Vkp.Sandbox;

/// <summary>A private JSON Web Key in a file that its owner alone can read (mode 0600 where the system has modes).</summary>
internal static class PrivateKeyFile
{
    /// <summary>Reads the key, or makes and stores one when there is no file.</summary>
    /// <exception cref="SandboxException">VKP-851: the file is there and is not a private key.</exception>
    public static JsonWebKey OpenOrCreate(string file, Func<JsonWebKey> make)
    {
        if (!File.Exists(file)) Create(file, make());
        try
        {
            var key = new JsonWebKey(File.ReadAllText(file));
            return key.HasPrivateKey ? key : throw SandboxException.KeyFileUnreadable(file, "it holds no private part");
        }
        catch (ArgumentException unreadable)
        {
            throw SandboxException.KeyFileUnreadable(file, unreadable.GetType().Name);
        }
    }

    /// <summary>RSA, 2048 bits, as HelseID signs its tokens.</summary>
    public static JsonWebKey MakeRsa(string algorithm)
    {
        using var rsa = RSA.Create(2048);
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(includePrivateParameters: true)));
        return Named(key, algorithm);
    }

    /// <summary>P-256: a hundred times faster to make than RSA, and on HelseID's list.</summary>
    public static JsonWebKey MakeEcdsa()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ecdsa));
        return Named(key, SecurityAlgorithms.EcdsaSha256);
    }

    /// <summary>The public half as JSON: what a client gives to the issuer, and what the issuer publishes.</summary>
    public static JsonObject PublicPart(JsonWebKey key) => key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve
        ? new JsonObject { ["kty"] = key.Kty, ["use"] = "sig", ["alg"] = key.Alg, ["kid"] = key.Kid, ["crv"] = key.Crv, ["x"] = key.X, ["y"] = key.Y }
        : new JsonObject { ["kty"] = key.Kty, ["use"] = "sig", ["alg"] = key.Alg, ["kid"] = key.Kid, ["n"] = key.N, ["e"] = key.E };

    private static JsonWebKey Named(JsonWebKey key, string algorithm)
    {
        key.Alg = algorithm;
        key.Use = JsonWebKeyUseNames.Sig;
        key.Kid = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private static void Create(string file, JsonWebKey key)
    {
        var full = PublicPart(key);
        full["d"] = key.D;
        if (key.Kty == JsonWebAlgorithmsKeyTypes.RSA)
        {
            full["p"] = key.P;
            full["q"] = key.Q;
            full["dp"] = key.DP;
            full["dq"] = key.DQ;
            full["qi"] = key.QI;
        }

        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);

        // Written aside and moved: a process killed here leaves no half key under the real name.
        var aside = file + ".new";
        File.Delete(aside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(aside, options)) writer.Write(full.ToJsonString());
        File.Move(aside, file, overwrite: true);
    }
}
