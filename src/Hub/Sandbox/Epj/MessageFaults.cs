using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>
/// What a real receiver checks before it journals a message (FHIR R4, messaging and bundle pages): ids on Bundle and
/// header, an event, a source, a focus, unique full urls, and references that lead somewhere.
/// </summary>
internal static class MessageFaults
{
    public static IEnumerable<string> In(JsonObject bundle, JsonObject[] entries, JsonObject header)
    {
        if (bundle.Text("id") is null) yield return "Bundle.id is missing";
        if (header.Text("id") is null) yield return "MessageHeader.id is missing";
        if (EventOf(header) is null) yield return "MessageHeader.event[x] is missing";
        if ((header["source"] as JsonObject)?.Text("endpoint") is null) yield return "MessageHeader.source.endpoint is missing";
        if (!header.Objects("focus").Any()) yield return "MessageHeader.focus is missing";
        foreach (var fault in InEntries("Bundle", entries, Scope.Empty)) yield return fault;
    }

    public static string? EventOf(JsonObject header) => (header["eventCoding"] as JsonObject)?.Text("code") ?? header.Text("eventUri");

    private static IEnumerable<string> InEntries(string path, JsonObject[] entries, Scope outer)
    {
        var fullUrls = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i].Text("fullUrl") is not { } url) yield return $"{path}.entry[{i}].fullUrl is missing";
            else if (!fullUrls.Add(url)) yield return $"{path}.entry[{i}].fullUrl occurs twice";
            if (entries[i]["resource"] is not JsonObject) yield return $"{path}.entry[{i}].resource is missing";
        }

        var scope = outer.With(entries);
        for (var i = 0; i < entries.Length; i++)
        {
            if (entries[i]["resource"] is not JsonObject resource) continue;
            foreach (var fault in InResource($"{path}.entry[{i}].resource", resource, scope)) yield return fault;
        }
    }

    private static IEnumerable<string> InResource(string path, JsonObject resource, Scope scope)
    {
        // A document sent as the focus of a message has entries of its own; its references are looked up there first.
        if (resource.Text("resourceType") == "Bundle") return InEntries(path, [.. resource.Objects("entry")], scope);

        var contained = resource.Objects("contained").Select(inner => inner.Text("id")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return resource.SelfAndBelow()
            .Select(node => node.Text("reference"))
            .OfType<string>()
            .Where(reference => reference.StartsWith('#') ? !contained.Contains(reference[1..]) : !scope.Resolves(reference))
            .Distinct(StringComparer.Ordinal)
            .Select(reference => $"{path} refers to '{reference}', which is not in the message");
    }

    /// <summary>What a reference can lead to.</summary>
    private sealed record Scope(IReadOnlySet<string> Targets)
    {
        public static readonly Scope Empty = new(new HashSet<string>());

        public Scope With(JsonObject[] entries)
        {
            var targets = new HashSet<string>(Targets, StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                if (entry.Text("fullUrl") is { } url) targets.Add(url);
                if (entry["resource"] is JsonObject resource && resource.Text("id") is { } id) targets.Add($"{resource.Text("resourceType")}/{id}");
            }

            return new Scope(targets);
        }

        // An absolute web address may well lead somewhere outside the message; the EPJ does not follow it.
        public bool Resolves(string reference) =>
            Targets.Contains(reference)
            || reference.StartsWith("http://", StringComparison.Ordinal)
            || reference.StartsWith("https://", StringComparison.Ordinal);
    }
}
