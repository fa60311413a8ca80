using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vkp.EventStore;
using Vkp.Hub.Audit;
using Vkp.Hub.Intake;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Privacy;

/// <summary>What was destroyed, for the municipality's archive; it names no person.</summary>
/// <param name="Streams">The streams whose keys are gone: the patient's own, and those of her messages that were once held.</param>
/// <param name="Bodies">Sealed bodies on them, and <paramref name="Unreadable"/> of them were tried afterwards and did not open.</param>
/// <param name="Head">The log's last position then; the chain verifies as before, because it binds the sealed bytes.</param>
public sealed record ShreddingStatement(
    string Format, string OrgNo, IReadOnlyList<string> Streams, long Events, long Bodies, long Unreadable, long Head, DateTimeOffset At, string Author, string Reason);

/// <param name="Statement">The exact text that is signed, with the key that signs anchors.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256, IEEE P1363 form, base64.</param>
public sealed record ShreddingReceipt(string Statement, string KeyId, string PublicKey, string Signature);

/// <summary>Makes everything about one patient unreadable for good, and says what it did. The facts stay: times, states, codes, and who looked.</summary>
public sealed class Shredding(EventLog store, Vault vault, MessageHistory history, AnchorFiles signer, TimeProvider time)
{
    public const string EventType = "PatientShredded";
    public const string Format = "vkp shredding receipt 1";

    public async Task<ShreddingReceipt> ShredAsync(int tenant, StreamName patient, string author, string reason, CancellationToken ct)
    {
        var facts = await history.ReadAsync(tenant, patient, ct);
        // What was held and then released stands on a stream of its own too, under a key of its own.
        IReadOnlyList<StreamName> streams = [patient, .. facts.Where(e => e.Type == MessageEvents.Released).Select(e => HeldMessages.StreamOf(EventMetadata.Parse(e.Metadata).MessageId!.Value)).Distinct()];
        foreach (var stream in streams) await vault.ShredAsync(tenant, stream, ct);

        var (events, bodies, unreadable) = (0L, 0L, 0L);
        foreach (var stream in streams)
        {
            await foreach (var recorded in store.ReadWholeStreamAsync(tenant, stream, 1, ct))
            {
                events++;
                if (recorded.Body.IsEmpty && !recorded.BodyRemoved) continue;
                bodies++;
                if ((await vault.OpenAsync([recorded], ct))[0] is null) unreadable++;
            }
        }

        var metadata = new EventMetadata { Author = author, Purpose = reason };
        var shredded = new NewEvent(Guid.CreateVersion7(), EventType, metadata.ToJson(), ReadOnlyMemory<byte>.Empty);
        await store.AppendAsync(new AppendRequest(tenant, patient, [shredded]), ct);
        var statement = new ShreddingStatement(
            Format, tenant.ToString("D9"), [.. streams.Select(s => s.ToString())], events, bodies, unreadable, await store.HeadAsync(tenant, ct), time.GetUtcNow(), author, reason);
        var text = JsonSerializer.Serialize(statement, ShreddingJson.Default.ShreddingStatement);
        var (keyId, publicKey, signature) = signer.Sign(Encoding.UTF8.GetBytes(text));
        return new ShreddingReceipt(text, keyId, publicKey, Convert.ToBase64String(signature));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ShreddingStatement))]
internal sealed partial class ShreddingJson : JsonSerializerContext;
