using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Vkp.Hub.Faces;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Contracts;

/// <summary>The published descriptions of the faces against the running hub's real routes and answers.</summary>
public partial class OpenApiTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private static readonly string[] Methods = ["get", "post", "put", "delete"];

    private static readonly IReadOnlyList<JsonNode> Documents =
        [.. Directory.GetFiles(Repository.PathOf("contracts", "openapi"), "*.json").Order(StringComparer.Ordinal).Select(file => JsonNode.Parse(File.ReadAllText(file))!)];

    [Fact]
    public void Every_route_is_described_and_every_description_is_a_route()
    {
        var described = Documents.SelectMany(d => d["paths"]!.AsObject())
            .SelectMany(path => path.Value!.AsObject().Where(o => Methods.Contains(o.Key)).Select(o => $"{o.Key.ToUpperInvariant()} {path.Key}"));

        Assert.Equal(described.Order(StringComparer.Ordinal), shared.Hub.Routes.Select(route => Constraint().Replace(route, "{${name}}")).Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, string, string, string?, string, string> Requests => new()
    {
        { "POST", "/vendors/{vendor}/events", "vendors/evondos-style/events", "dispensers", "", VendorFace.Scope },
        { "POST", "/vendors/{vendor}/events", "vendors/evondos-style/events", null, "{}", "" },
        { "POST", "/vendors/{vendor}/events", "vendors/evondos-style/events", "dispensers", "event", VendorFace.Scope },
        { "POST", "/vendors/{vendor}/events", "vendors/evondos-style/events", "dispensers", "[{}]", VendorFace.Scope },
        { "GET", "/vendors/{vendor}/messages/{id}/$status", "vendors/evondos-style/messages/1/$status", "dispensers", "", VendorFace.Scope },
        { "POST", "/epj/r4/{orgnr}/bundle", "epj/r4/888134574/bundle", "responses", "real", VkpFace.BundleScope },
        { "POST", "/epj/r4/{orgnr}/bundle", "epj/r4/888134574/bundle", "responses", "[]", VkpFace.BundleScope },
        { "GET", "/epj/r4/{orgnr}/bundle/$repairs", "epj/r4/888134574/bundle/$repairs", "responses", "", VkpFace.BundleScope },
        { "GET", "/epj/r4/{orgnr}/bundle/{id}/$repairs", "epj/r4/888134574/bundle/1/$repairs", "responses", "", VkpFace.BundleScope },
        { "POST", "/v1/Composition", "v1/Composition", "journaling", "{}", JftFace.Scope },
        { "POST", "/v1/Composition", "v1/Composition", "journaling", "composition", JftFace.Scope },
        { "GET", "/v1/Composition", "v1/Composition", "journaling", "", JftFace.Scope },
        { "GET", "/v1/Composition/{id}", "v1/Composition/1", "journaling", "", JftFace.Scope },
        { "GET", "/v1/Composition/{id}/$status", "v1/Composition/1/$status", "journaling", "", JftFace.Scope },
        { "POST", "/fhir", "fhir", "measurements", "{}", MeasurementFace.WriteScope },
        { "POST", "/fhir/Observation/_search", "fhir/Observation/_search", "measurements", "", MeasurementFace.ReadScope },
        { "GET", "/fhir/metadata", "fhir/metadata", null, "", "" },
        { "GET", "/fhir/Subscription", "fhir/Subscription", "journal", "", JftFace.Scope },
        { "GET", "/fhir/Subscription/{id}", "fhir/Subscription/1", "journal", "", JftFace.Scope },
        { "GET", "/admin/status", "admin/status", null, "", "" },
        { "GET", "/livez", "livez", null, "", "" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task An_answer_is_one_that_its_description_promises(string method, string template, string path, string? client, string body, string scope)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(shared.Hub.Address, path));
        if (method == "POST") request.Content = new ByteArrayContent(Body(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (client is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await shared.Hub.TokenAsync(client, scope));

        using var answer = await shared.Hub.Http.SendAsync(request);

        var text = await answer.Content.ReadAsStringAsync();
        var document = Documents.Single(d => d["paths"]![template] is not null);
        var promised = Resolve(document, document["paths"]![template]![method.ToLowerInvariant()]!["responses"]![$"{(int)answer.StatusCode}"]);
        Assert.True(promised is not null, $"{method} {path} answered {(int)answer.StatusCode}, which is not described: {text}");
        var content = promised["content"]?[answer.Content.Headers.ContentType?.MediaType ?? ""];
        Assert.True(content is not null, $"{method} {path} answered with {answer.Content.Headers.ContentType}, which is not described");
        if (Resolve(document, content["schema"]) is { } schema && schema["required"] is JsonArray required) Check(schema, required, JsonNode.Parse(text)!);
    }

    private static void Check(JsonNode schema, JsonArray required, JsonNode told)
    {
        Assert.All(required, name => Assert.True(told.AsObject().ContainsKey((string)name!), $"'{name}' is promised and missing"));
        foreach (var (name, value) in told.AsObject())
        {
            if (schema["properties"]?[name]?["enum"] is JsonArray known) Assert.Contains((string)value!, known.Select(k => (string)k!));
            if (schema["properties"]?[name]?["const"] is { } only) Assert.Equal((string)only!, (string)value!);
        }
    }

    private static byte[] Body(string name) => name switch
    {
        "event" => TestHub.Event("dose.dispensed").Body.ToArray(),
        "real" => File.ReadAllBytes(Repository.PathOf("contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json")),
        "composition" => File.ReadAllBytes(Repository.PathOf("contracts", "vendors", "jft", "samples", "composition.json")),
        _ => System.Text.Encoding.UTF8.GetBytes(name),
    };

    private static JsonNode? Resolve(JsonNode document, JsonNode? node)
    {
        if ((string?)node?["$ref"] is not { } reference) return node;
        return reference[2..].Split('/').Aggregate((JsonNode?)document, (at, step) => at?[step]);
    }

    [GeneratedRegex(@"\{(?<name>\w+):[^/]*\}", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Constraint();
}
