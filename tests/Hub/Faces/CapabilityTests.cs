using System.Text.Json.Nodes;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Validation;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Faces;

/// <summary>What the hub says that it serves, against what it serves.</summary>
public class CapabilityTests(SharedHub shared) : IClassFixture<SharedHub>
{
    [Fact]
    public async Task The_statement_is_valid_and_open_to_everybody()
    {
        var read = FhirJson.ParseStrict(await shared.Hub.Http.GetByteArrayAsync(new Uri(shared.Hub.Address, "fhir/metadata")));

        Assert.DoesNotContain(read.Issues.Concat(FhirValidator.Validate(read.Resource!)), issue => issue.Severity >= FhirSeverity.Error);
    }

    [Fact]
    public async Task Every_route_stands_in_it_and_everything_in_it_is_a_route()
    {
        var statement = await StatementAsync();
        var rest = statement["rest"]![0]!;
        var stated = rest["resource"]!.AsArray().SelectMany(resource => Addresses(resource!))
            .Concat(rest["interaction"]!.AsArray().Select(interaction => (string)interaction!["code"]! == "batch" ? "/fhir" : "")).Append("/fhir/metadata");

        var served = shared.Hub.Routes.Select(route => route.Split(' ')[1]).Where(address => address == "/fhir" || address.StartsWith("/fhir/", StringComparison.Ordinal)).Distinct();

        Assert.Equal(served.Select(Simplest).Distinct().Order(StringComparer.Ordinal), stated.Select(Simplest).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_search_parameter_it_states_is_taken_and_another_is_not()
    {
        var statement = await StatementAsync();
        var subscription = statement["rest"]![0]!["resource"]!.AsArray().Single(resource => (string?)resource!["type"] == "Subscription")!;

        Assert.Equal(["status", "url"], subscription["searchParam"]!.AsArray().Select(parameter => (string)parameter!["name"]!));
        Assert.Equal(["create", "delete", "read", "search-type", "update"], subscription["interaction"]!.AsArray().Select(i => (string)i!["code"]!).Order(StringComparer.Ordinal));
        Assert.Equal(["events", "status"], subscription["operation"]!.AsArray().Select(operation => (string)operation!["name"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Messaging_says_how_long_a_receiver_should_know_our_ids() =>
        Assert.Equal(14 * 24 * 60, (int)(await StatementAsync())["messaging"]![0]!["reliableCache"]!);

    private static IEnumerable<string> Addresses(JsonNode resource)
    {
        var type = (string)resource["type"]!;
        foreach (var interaction in resource["interaction"]?.AsArray() ?? [])
        {
            yield return (string)interaction!["code"]! switch
            {
                "create" => $"/fhir/{type}",
                "search-type" => $"/fhir/{type}",
                _ => $"/fhir/{type}/{{id}}",
            };
        }

        foreach (var operation in resource["operation"]?.AsArray() ?? []) yield return $"/fhir/{type}/${operation!["name"]}";
    }

    /// <summary>A search by POST and an operation on one resource say nothing more than the search and the operation.</summary>
    private static string Simplest(string address) => address.Replace("/_search", "", StringComparison.Ordinal).Replace("/{id}/$", "/$", StringComparison.Ordinal);

    private async Task<JsonNode> StatementAsync() => JsonNode.Parse(await shared.Hub.Http.GetStringAsync(new Uri(shared.Hub.Address, "fhir/metadata")))!;
}
