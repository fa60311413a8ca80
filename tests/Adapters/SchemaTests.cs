using System.Text;
using System.Text.Json.Nodes;
using Vkp.TestSupport;

namespace Vkp.Adapters.Tests;

/// <summary>The published schemas, the samples and the translators say the same.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Vendors => [.. VendorCatalog.All.Select(adapter => adapter.Info.Name).Where(HasSchema)];

    public static TheoryData<string> WithSchema => [.. Samples.All.Where(sample => HasSchema(sample.Adapter.Info.Name)).Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Vendors))]
    public void Every_event_type_of_the_schema_has_a_sample_and_every_sample_is_of_the_schema(string vendor)
    {
        var sampled = Samples.All.Where(sample => sample.Adapter.Info.Name == vendor).Select(sample => Payloads.Of(sample.Name)["eventType"]!.GetValue<string>()).Distinct();
        Assert.Equal(JsonSchema.Of(vendor).EventTypes.Order(StringComparer.Ordinal), sampled.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public void Every_event_type_of_the_schema_is_translated(string vendor)
    {
        // An event type that the translator does not know would be held, not rejected for its empty data or taken.
        foreach (var eventType in JsonSchema.Of(vendor).EventTypes)
            Assert.IsNotType<Translation.Held>(Payloads.Translate(Samples.All.First(sample => sample.Adapter.Info.Name == vendor).Name, payload => payload["eventType"] = eventType));
    }

    [Theory]
    [MemberData(nameof(WithSchema))]
    public void A_sample_keeps_its_schema(string name) => Assert.True(SchemaOf(name).Allows(Payloads.Of(name)));

    /// <summary>
    /// Takes each member away and gives each a value of another type. What the translator refuses, the schema refuses, so that a vendor who keeps the schema is
    /// never refused; and a member the schema demands, the translator demands. A member that the translator does not read may be wrong: it does no harm.
    /// </summary>
    [Theory]
    [MemberData(nameof(WithSchema))]
    public void Schema_and_translator_demand_the_same(string name)
    {
        var schema = SchemaOf(name);
        var differences = new List<string>();
        foreach (var (path, isRemoval, changed) in Changes(Payloads.Of(name)))
        {
            // Another event type is another event, and another version is held: neither is a matter of form.
            if (path is "eventType" or "schemaVersion")
                continue;
            var isAllowed = schema.Allows(changed);
            var isRefused = Samples.Find(name).Adapter.Translate(Samples.Payload(Encoding.UTF8.GetBytes(changed.ToJsonString()))) is Translation.Rejected;
            if (isAllowed == isRefused && (isRefused || isRemoval))
                differences.Add($"{path} {(isRemoval ? "taken away" : "of another type")}: the schema {(isAllowed ? "allows" : "refuses")} it, the translator {(isRefused ? "refuses" : "takes")} it");
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static JsonSchema SchemaOf(string name) => JsonSchema.Of(name[..name.IndexOf('/', StringComparison.Ordinal)]);

    private static bool HasSchema(string vendor) => File.Exists(Repository.PathOf("contracts", "vendors", vendor, "events.schema.json"));

    private static IEnumerable<(string Path, bool IsRemoval, JsonObject Changed)> Changes(JsonObject payload)
    {
        foreach (var path in Paths(payload, string.Empty).ToList())
        {
            yield return (path, true, With(payload, path, parent => parent.Remove(path.Split('.')[^1])));
            yield return (path, false, With(payload, path, parent => parent[path.Split('.')[^1]] = new JsonArray(true)));
        }
    }

    private static JsonObject With(JsonObject payload, string path, Action<JsonObject> change)
    {
        var copy = payload.DeepClone().AsObject();
        JsonNode at = copy;
        foreach (var step in path.Split('.')[..^1])
            at = int.TryParse(step, out var index) ? at[index]! : at[step]!;
        change(at.AsObject());
        return copy;
    }

    private static IEnumerable<string> Paths(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Paths(member.Value, Join(path, member.Key)).Prepend(Join(path, member.Key))),
        JsonArray items => items.SelectMany((item, index) => Paths(item, Join(path, $"{index}"))),
        _ => [],
    };

    private static string Join(string path, string step) => path.Length == 0 ? step : $"{path}.{step}";
}
