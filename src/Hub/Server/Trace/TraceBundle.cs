using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Hub.Trace;

/// <summary>
/// A story as a FHIR Bundle of type collection: the resources each message became, and a Provenance for every fact about it, so that a system that
/// knows nothing of the hub can read who did what when. Pure; identity numbers stay masked.
/// </summary>
public static class TraceBundle
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(TraceStory story)
    {
        var entries = new JsonArray();
        foreach (var message in story.Messages)
        {
            var urls = new List<string>();
            foreach (var resource in message.Fhir)
            {
                var url = UrlOf(message, resource, urls.Count);
                urls.Add(url);
                entries.Add((JsonNode)new JsonObject { ["fullUrl"] = url, ["resource"] = JsonNode.Parse(resource.GetRawText()) });
            }

            foreach (var step in message.Steps)
            {
                var provenance = ProvenanceOf(message, step, urls);
                entries.Add((JsonNode)new JsonObject { ["fullUrl"] = $"urn:uuid:{provenance.Id}", ["resource"] = JsonNode.Parse(FhirJson.Serialize(provenance)) });
            }
        }

        return new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = "collection",
            ["timestamp"] = new Instant(story.ToldAt).Text,
            ["entry"] = entries,
        }.ToJsonString(Plain);
    }

    private static string UrlOf(TraceAnswer message, JsonElement resource, int index)
    {
        var id = resource.TryGetProperty("id", out var given) && Guid.TryParse(given.GetString(), out var own) ? own : DeterministicId.From("traced", message.MessageId.ToString("N"), $"{index}");
        return DeterministicId.Urn(id);
    }

    private static Provenance ProvenanceOf(TraceAnswer message, TraceStep step, List<string> urls)
    {
        var about = new Identifier { System = IdentifierSystems.Uri, Value = DeterministicId.Urn(message.MessageId) };
        var provenance = new Provenance
        {
            Id = DeterministicId.From("provenance", message.MessageId.ToString("N"), $"{step.Position}").ToString("D"),
            Target = urls.Count > 0 ? [.. urls.Select(url => new ResourceReference(url))] : [new ResourceReference { Identifier = about }],
            Recorded = step.At,
            Activity = new CodeableConcept { Coding = [new Coding { System = Systems.HubEvent, Code = step.What }], Text = step.Detail },
            Agent = [new() { Who = new ResourceReference { Display = WhoOf(message, step) } }],
        };
        if (step.What is MessageEvents.Accepted or MessageEvents.Held)
            provenance.Entity = [new() { Role = Provenance.ProvenanceEntityRole.Source, What = new ResourceReference { Identifier = about, Display = $"{message.Kind} ({message.Adapter} {message.Translator})" } }];
        if (step.Purpose is { Length: > 0 } purpose) provenance.Reason = [new CodeableConcept { Text = purpose }];
        return provenance;
    }

    /// <summary>Who the fact is by: the person, the journal system, the sender, or else the hub itself.</summary>
    private static string WhoOf(TraceAnswer message, TraceStep step) => step switch
    {
        { Author: { } person } => person,
        { Destination: { } destination } => destination,
        { What: MessageEvents.Accepted or MessageEvents.Held } => message.Source,
        _ => "hub",
    };
}
