using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Vkp.Sandbox;

/// <summary>A received FHIR message, read as plain JSON: the EPJ is another party, so it does not read with the hub's own FHIR code.</summary>
/// <param name="Event">`eventCoding.code`, or `eventUri`.</param>
/// <param name="ContentKey">The same for two messages that differ in nothing but generated ids: shows an effect doubled under new ids.</param>
internal sealed partial record IncomingMessage(
    string MessageHeaderId,
    string BundleId,
    string Event,
    string Source,
    string? PatientSystem,
    string? PatientValue,
    string Text,
    string ContentKey,
    JsonObject Header)
{
    /// <summary>Reads the body. Without a message, <paramref name="faults"/> says what is wrong with it, all of it.</summary>
    public static IncomingMessage? Read(ReadOnlyMemory<byte> body, out IReadOnlyList<string> faults)
    {
        if (JsonReading.Object(body) is not { } bundle || bundle.Text("resourceType") != "Bundle" || bundle.Text("type") != "message")
        {
            faults = ["the body is not a Bundle of type message"];
            return null;
        }

        var entries = bundle.Objects("entry").ToArray();
        if (entries.FirstOrDefault()?["resource"] is not JsonObject header || header.Text("resourceType") != "MessageHeader")
        {
            faults = ["the first entry must be a MessageHeader"];
            return null;
        }

        faults = [.. MessageFaults.In(bundle, entries, header)];
        return faults is [] ? Create(bundle, entries, header) : null;
    }

    public override string ToString() => $"message {MessageHeaderId}";

    /// <summary>A message of FHIR resources.</summary>
    /// <param name="id">What a repeat is known by.</param>
    /// <param name="origin">What an answer refers to.</param>
    public static IncomingMessage Of(string id, string bundleId, string kind, IEnumerable<JsonObject> resources, JsonObject origin, string source = "")
    {
        var all = resources.ToArray();
        var patient = all.SelectMany(PatientIdentifiers).FirstOrDefault();
        return new IncomingMessage(id, bundleId, kind, source, patient?.Text("system"), patient?.Text("value"), JournalText.From(all), KeyOf(string.Concat(all.Select(resource => resource.ToJsonString()))), origin);
    }

    /// <summary>A message that is a text.</summary>
    public static IncomingMessage OfNote(string id, string bundleId, string kind, string? patient, string text) =>
        new(id, bundleId, kind, Source: "", PatientSystem: null, patient, text, KeyOf($"{patient}\n{text}"), []);

    private static IncomingMessage Create(JsonObject bundle, JsonObject[] entries, JsonObject header) => Of(
        header.Text("id")!,
        bundle.Text("id")!,
        MessageFaults.EventOf(header)!,
        entries.Skip(1).Select(entry => entry["resource"]).OfType<JsonObject>(),
        header,
        (header["source"] as JsonObject)?.Text("endpoint")!);

    // subject and patient with an identifier of their own, or through a Patient that is sent along; nested Bundles too.
    private static IEnumerable<JsonObject> PatientIdentifiers(JsonObject resource)
    {
        foreach (var node in resource.SelfAndBelow())
        {
            if (node.Text("resourceType") == "Patient" && node.Objects("identifier").FirstOrDefault() is { } own) yield return own;
            foreach (var name in (string[])["subject", "patient"])
            {
                if ((node[name] as JsonObject)?["identifier"] is JsonObject identifier) yield return identifier;
            }
        }
    }

    private static string KeyOf(string text)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var plain = Uuid().Replace(text, match => seen.TryGetValue(match.Value, out var known) ? known : seen[match.Value] = $"id-{seen.Count}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plain)));
    }

    [GeneratedRegex("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Uuid();
}
