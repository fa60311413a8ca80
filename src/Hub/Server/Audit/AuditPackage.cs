using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.EventStore.Audit;

namespace Vkp.Hub.Audit;

/// <summary>
/// A municipality's log in one file that a third party verifies without the hub: who made it with which keys, every commit and event, the anchors, and a
/// seal over all of it. `tools/VerifyAudit/verify.py` reads it and shares no code with the hub; its page says how to write another.
/// </summary>
public sealed class AuditPackage(LogExport export, AnchorFiles anchors, Privacy.MasterKey master, TimeProvider time)
{
    public const string Format = "vkp audit package 1";

    /// <summary>Writes the package, line by line as it is read: a log of any length is one page in memory.</summary>
    public async Task WriteAsync(int tenant, Stream output, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        async Task LineAsync(ReadOnlyMemory<byte> line)
        {
            byte[] ended = [.. line.Span, (byte)'\n'];
            hash.AppendData(ended);
            await output.WriteAsync(ended, ct);
        }

        var (keyId, publicKey) = anchors.PublicKey();
        await LineAsync(Utf8(new JsonObject
        {
            ["line"] = "package", ["format"] = Format, ["madeAt"] = time.GetUtcNow().ToString("O"), ["tenant"] = tenant, ["anchorKeyId"] = keyId, ["anchorKey"] = publicKey,
            ["formerAnchorKeys"] = new JsonArray([.. anchors.FormerPublicKeys.Select(pem => (JsonNode)pem)]),
            ["masterKeyId"] = Convert.ToHexStringLower(master.Id), ["contentHash"] = "SHA-256", ["signatures"] = "ECDSA P-256 SHA-256, IEEE P1363",
        }));
        await foreach (var line in export.LinesAsync(tenant, ct)) await LineAsync(line);
        foreach (var anchor in (await anchors.ReadAsync(tenant, ct)).Anchors)
        {
            var told = JsonNode.Parse(anchor.ToJson())!.AsObject();
            told.Insert(0, "line", "anchor");
            told["takenAtMs"] = anchor.TakenAt.ToUnixTimeMilliseconds();
            await LineAsync(Utf8(told));
        }

        var digest = hash.GetHashAndReset();
        var (_, _, signature) = anchors.Sign([.. "vkp audit package 1\n"u8, .. digest]);
        var seal = Utf8(new JsonObject { ["line"] = "seal", ["sha256"] = Convert.ToHexStringLower(digest), ["signature"] = Convert.ToBase64String(signature) });
        await output.WriteAsync((byte[])[.. seal, (byte)'\n'], ct);
    }

    private static byte[] Utf8(JsonObject line) => Encoding.UTF8.GetBytes(line.ToJsonString(JsonSerializerOptions.Default));
}
