using System.Text.Json.Nodes;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>One operation of the faces, from the published descriptions, which OpenApiTests keep equal to the running hub's routes.</summary>
/// <param name="Scope">What its access token must allow; null for the administration and what is open.</param>
internal sealed record Operation(string Method, string Template, string? Scope)
{
    public static readonly IReadOnlyList<Operation> All = [.. Directory.GetFiles(Repository.PathOf("contracts", "openapi"), "*.json").Order(StringComparer.Ordinal)
        .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["paths"]!.AsObject())
        .SelectMany(path => path.Value!.AsObject().Where(o => o.Key is "get" or "post" or "put" or "delete").Select(o => new Operation(o.Key.ToUpperInvariant(), path.Key, ScopeOf(o.Value!))))];

    public static readonly IReadOnlyList<Operation> OfFaces = [.. All.Where(o => o.Scope is not null)];

    public static readonly IReadOnlyList<Operation> OfAdministration = [.. All.Where(o => o.Template.StartsWith("/admin/", StringComparison.Ordinal))];

    /// <summary>Whether its tokens must be bound to a key.</summary>
    public bool IsBound => Template.StartsWith("/v1/", StringComparison.Ordinal) || Template.StartsWith("/fhir", StringComparison.Ordinal);

    public bool NamesMunicipality => Template.Contains("{orgnr}", StringComparison.Ordinal);

    /// <summary>The test configuration's client for it, and that client's vkp-id.</summary>
    public (string Client, string VkpId) Caller => Template switch
    {
        _ when Template.StartsWith("/vendors/", StringComparison.Ordinal) => ("dispensers", "Evondos_Test_Eksempel"),
        _ when Template.StartsWith("/epj/", StringComparison.Ordinal) => ("responses", "Respons_Test_Eksempel"),
        _ when IsFetched || Template.StartsWith("/fhir/Subscription", StringComparison.Ordinal) => ("journal", "Epj_Test_Eksempel"),
        _ when Template.StartsWith("/fhir", StringComparison.Ordinal) => ("measurements", "Maling_Test_Eksempel"),
        _ when Template.EndsWith("_search", StringComparison.Ordinal) || Template.Contains("$journaling", StringComparison.Ordinal) || (Method == "GET" && !Template.Contains("{id}", StringComparison.Ordinal)) => ("journal", "Epj_Test_Eksempel"),
        _ => ("journaling", "Journalforing_Test_Eksempel"),
    };

    /// <summary>One document, read by the journal system it is for.</summary>
    private bool IsFetched => Method == "GET" && Template.EndsWith("/{id}", StringComparison.Ordinal) && IsBound;

    /// <summary>Its address, with a message that nobody has unless one is given.</summary>
    public string Path(string? messageId = null) => Template[1..]
        .Replace("{vendor}", "evondos-style", StringComparison.Ordinal)
        .Replace("{orgnr}", TestHub.OrgNo, StringComparison.Ordinal)
        .Replace("{id}", messageId ?? "0190a000-0000-7000-8000-000000000001", StringComparison.Ordinal)
        .Replace("{name}", "epj", StringComparison.Ordinal)
        .Replace("{type}", "Observation", StringComparison.Ordinal)
        .Replace("{act}", "pause", StringComparison.Ordinal);

    public override string ToString() => $"{Method} {Template}";

    private static string? ScopeOf(JsonNode operation) => operation["security"]?[0]?.AsObject().First().Value is JsonArray { Count: > 0 } scopes ? (string?)scopes[0] : null;
}
