using System.Text.Json;
using Vkp.Adapters;
using Vkp.Adapters.Notes;
using Vkp.EventStore;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Hub.Privacy;
using Vkp.Hub.Projections;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Replay;

/// <summary>One message as it was translated then and as it would be today, for a person to read; identity numbers masked.</summary>
public sealed record RetranslationAnswer(
    Guid MessageId, string Kind, string Translator, string TranslatorNow, string Then, string Now, IReadOnlyList<string> Changes, string OldNote, string NewNote,
    IReadOnlyList<JsonElement> OldFhir, IReadOnlyList<JsonElement> NewFhir);

/// <summary>Shows what a replay only counts. A person reads it, so it is an opening like any other and is kept as one.</summary>
public sealed class RetranslationView(EventLog store, Vault vault, MessageReader messages, MessageOpening opening, IReadOnlyDictionary<string, IVendorAdapter> vendors)
{
    public async Task<RetranslationAnswer?> ShowAsync(int tenant, Guid messageId, string author, string purpose, CancellationToken ct)
    {
        if (await messages.FindAsync(tenant, messageId, ct) is not { } row) return null;
        var recorded = await store.ReadPositionAsync(tenant, row.Position, ct);
        var body = await vault.OpenAsync(recorded, ct);
        await opening.NoteAsync([row], author, purpose, ct);

        var metadata = EventMetadata.Parse(recorded.Metadata);
        var made = Retranslation.Of(recorded, metadata, body, vendors)!;
        var (then, now) = (Retranslation.Read(made.OldFhir), Retranslation.Read(made.NewFhir));
        return new RetranslationAnswer(
            messageId, row.Kind, metadata.Translator!, vendors.TryGetValue(row.Adapter, out var adapter) ? adapter.Info.Version : "none", made.Then, made.Now, made.Changes,
            NoteOf(then), NoteOf(now), [.. then.Select(Shown)], [.. now.Select(Shown)]);
    }

    private static string NoteOf(IReadOnlyList<Resource> resources) => resources.Count == 0 ? "" : Masking.Mask(NoteRenderer.Render(resources));

    private static JsonElement Shown(Resource resource) => Masking.MaskJson(FhirJson.Serialize(resource));
}
