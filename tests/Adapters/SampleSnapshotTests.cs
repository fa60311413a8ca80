using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Json;
using Vkp.TestSupport;

namespace Vkp.Adapters.Tests;

/// <summary>What becomes of every published sample: the FHIR with code and display, and the text a health worker reads. Read before accepted.</summary>
public sealed class SampleSnapshotTests
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_sample_becomes_the_FHIR_that_was_approved(string name) =>
        Snapshot.VerifyAt($"{Samples.Find(name).Stem}", ".json", Told(Samples.Find(name).Translate()).ToJsonString(Readable));

    [Theory]
    [MemberData(nameof(Samples.Names), MemberType = typeof(Samples))]
    public void A_sample_reads_as_the_text_that_was_approved(string name)
    {
        if (Samples.Find(name).Translate() is Translation.Translated translated)
            Snapshot.VerifyAt($"{Samples.Find(name).Stem}", ".txt", NoteRenderer.Render(translated.Resources));
    }

    private static JsonObject Told(Translation translation) => translation switch
    {
        Translation.Translated translated => new JsonObject
        {
            ["becomes"] = "FHIR",
            ["envelope"] = Told(translated.Envelope),
            ["lane"] = translated.Lane.ToString(),
            ["serviceCode"] = translated.ServiceCode,
            ["caseRole"] = translated.CaseRole.ToString(),
            ["caseIds"] = List(translated.CaseIds),
            ["aboutIds"] = List(translated.AboutIds),
            ["noEntryReason"] = translated.NoEntryReason,
            ["freshFor"] = translated.FreshFor.ToString(),
            ["repairs"] = List(translated.Repairs.Select(repair => $"{repair.Code} {repair.Path}: {repair.Message}")),
            ["resources"] = new JsonArray([.. translated.Resources.Select(resource => JsonNode.Parse(Encoding.UTF8.GetString(FhirJson.Serialize(resource))))]),
        },
        Translation.NothingToJournal nothing => new JsonObject { ["becomes"] = "nothing to journal", ["reason"] = nothing.Reason, ["envelope"] = Told(nothing.Envelope) },
        _ => throw new InvalidOperationException($"A sample became {translation.GetType().Name}."),
    };

    private static JsonObject Told(EventEnvelope envelope) => new()
    {
        ["sourceMessageId"] = envelope.SourceMessageId,
        ["eventKind"] = envelope.EventKind,
        ["municipality"] = envelope.MunicipalityOrgNo,
        ["occurredAt"] = envelope.OccurredAt.ToString("O"),
        ["patient"] = envelope.Patient is { } patient ? $"{patient.System}|{patient.Value}" : null,
        ["device"] = envelope.Device is { } device ? $"{device.System}|{device.Value}" : null,
        ["isTest"] = envelope.IsTest,
    };

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
