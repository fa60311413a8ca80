using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Fhir.Definitions;
using Vkp.Fhir.FhirPath;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Fhir.Tests.Support;

namespace Vkp.Fhir.Tests.Agreement;

/// <summary>A second opinion on FHIRPath from the fhirpath engine: R4's own invariants and search parameters on the official examples.</summary>
public sealed class FhirPathAgreementTests
{
    /// <summary>Expressions on which the two differ, and why.</summary>
    private static readonly (string Text, string Reason)[] s_explained =
    [
        ("Resource.", "the other engine does not take a base type as the start of a path"),
    ];

    [Fact]
    public void Invariants_and_search_parameters_give_the_same_results()
    {
        NodeTools.SkipWithoutNode();
        var expressions = Expressions();
        var questions = new List<(string Name, Resource Resource, byte[] Bytes, List<string> Expressions)>();
        foreach (var group in Examples.All().Where(x => x.Bytes.Length < 60_000).GroupBy(x => x.Name.Split('-')[0]))
        {
            foreach (var (name, bytes) in group.Take(12))
            {
                questions.Add((name, FhirJson.ParseStrict(bytes).Resource!, bytes, [.. expressions.Where(e => e.Type == group.Key || e.Type is "Resource" or "DomainResource").Select(e => e.Text).Distinct()]));
            }
        }

        var answers = NodeTools.Run("evaluate.mjs", questions.Select(Line));
        var (agreed, refused) = (0, 0);
        var differences = new List<string>();
        foreach (var (question, answer) in questions.Zip(answers))
        {
            var results = JsonNode.Parse(answer)!["results"]!.AsArray();
            foreach (var (expression, theirs) in question.Expressions.Zip(results))
            {
                if (theirs is not JsonArray)
                {
                    refused++;
                    continue;
                }

                var ours = string.Join(',', FhirPathExpression.Compile(expression).Evaluate(question.Resource).Select(Show));
                if (ours == string.Join(',', theirs.AsArray().Select(static x => Normal(x!.GetValue<string>())))) agreed++;
                else if (!s_explained.Any(x => expression.Contains(x.Text, StringComparison.Ordinal))) differences.Add($"{question.Name}: {expression}\n  ours [{Shorten(ours)}] theirs [{Shorten(theirs.ToJsonString())}]");
            }
        }

        Assert.True(differences.Count == 0, $"{agreed} agreed, {refused} refused by the other engine, {differences.Count} differ:\n{string.Join('\n', differences.Take(60))}");
        Assert.InRange(agreed, 1000, int.MaxValue);
    }

    private static List<(string Type, string Text)> Expressions()
    {
        var all = new List<(string, string)>();
        foreach (var type in TypeDefinition.All.Where(static x => x.Kind == 'R'))
        {
            all.AddRange(type.Invariants.Select(x => (type.Name, x.Expression)));
        }

        foreach (var (_, bytes) in Examples.All().Where(static x => x.Name.StartsWith("SearchParameter-", StringComparison.Ordinal)))
        {
            var parameter = (SearchParameter)FhirJson.ParseStrict(bytes).Resource!;
            if (parameter.Expression is not { } expression || expression.Contains("resolve()", StringComparison.Ordinal)) continue;
            all.AddRange(parameter.Base.Where(x => TypeDefinition.Find(x!) is not null).Select(x => (x!, expression)));
        }

        return all;
    }

    private static string Line((string Name, Resource Resource, byte[] Bytes, List<string> Expressions) question)
    {
        using var document = JsonDocument.Parse(question.Bytes);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("id", question.Name);
            writer.WritePropertyName("resource");
            document.WriteTo(writer);
            writer.WriteStartArray("expressions");
            foreach (var expression in question.Expressions) writer.WriteStringValue(expression);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string Show(object item) => Normal(item is FhirNode and not PrimitiveType ? "{}" : PathValue.ToText(item) ?? "{}");

    // JavaScript has one kind of number: 1.0 and 1 look alike there.
    private static string Normal(string text) => FhirFormats.IsDecimal(text) ? double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture) : text;

    private static string Shorten(string text) => text.Length <= 160 ? text : text[..160] + "...";
}
