using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
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

    /// <summary>The table of all events, made from the samples: event, FHIR, codes, text.</summary>
    [Fact]
    public void The_table_of_events_is_the_one_that_was_approved()
    {
        var table = new StringBuilder("# Events, and what becomes of them\n\nMade from the samples beside this file by the tests; not edited by hand.\n");
        foreach (var vendor in Samples.All.GroupBy(sample => sample.Adapter.Info.Name))
        {
            table.Append($"\n## {vendor.Key}\n\n| Sample | FHIR | Codes | Case | The EPJ shows |\n|---|---|---|---|---|\n");
            foreach (var sample in vendor)
                table.Append($"| {sample.EventName} | {Row(sample.Translate())} |\n");
        }

        Snapshot.VerifyAt("contracts/vendors/events", ".md", table.ToString());
    }

    private static string Row(Translation translation) => translation switch
    {
        Translation.Translated translated => string.Join(
            " | ",
            string.Join(", ", translated.Resources.Select(resource => resource.TypeName)),
            string.Join(", ", translated.Resources.SelectMany(Codes).Distinct()),
            translated.CaseRole == CaseRole.None ? translated.NoEntryReason is null ? "-" : $"no entry: {translated.NoEntryReason}" : translated.CaseRole.ToString().ToLowerInvariant(),
            NoteRenderer.Render(translated.Resources).Replace("\n", "<br>", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)),
        Translation.NothingToJournal nothing => $"- | - | settled: {nothing.Reason} | -",
        _ => throw new InvalidOperationException($"A sample became {translation.GetType().Name}."),
    };

    private static IEnumerable<string> Codes(Resource resource) => (resource switch
    {
        DetectedIssue issue => issue.Code?.Coding,
        MedicationDispense dispense => dispense.Category?.Coding,
        Observation observation => observation.Code?.Coding,
        Encounter encounter => encounter.Participant.SelectMany(participant => participant.Type).SelectMany(type => type.Coding),
        Composition composition => composition.Event.SelectMany(step => step.Code).SelectMany(code => code.Coding),
        CarePlan plan => plan.Category.SelectMany(category => category.Coding),
        _ => null,
    } ?? []).Select(coding => $"{coding.Code}{(coding.Display is { } display ? $" {display}" : string.Empty)}");

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
