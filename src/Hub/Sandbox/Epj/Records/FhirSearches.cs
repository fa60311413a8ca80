using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Vkp.Sandbox;

/// <summary>`POST fhir/[type]/_search`: the look-ups of a journal system that speaks FHIR.</summary>
internal static class FhirSearches
{
    private static readonly string[] Types = ["Patient", "EpisodeOfCare", "CarePlan", "Composition", "Condition", "AllergyIntolerance", "MedicationStatement"];

    public static void Map(IEndpointRouteBuilder routes, Desk desk)
    {
        foreach (var type in Types) routes.MapPost($"/fhir/{type}/_search", (RequestDelegate)(context => desk.LookUpAsync(context, body => Answer(type, body))));
    }

    private static Answered Answer(string type, ReadOnlyMemory<byte> body)
    {
        var (people, day) = (new List<string>(), "2026-05-11");
        foreach (var pair in new QueryStringEnumerable(Encoding.UTF8.GetString(body.Span)))
        {
            var (name, value) = (pair.DecodeName().ToString(), pair.DecodeValue().ToString());
            if (name.EndsWith("identifier", StringComparison.Ordinal)) people.Add(value[(value.LastIndexOf('|') + 1)..]);
            else if (name == "date" && value.StartsWith("ge", StringComparison.Ordinal) && value.Length >= 12) day = value[2..12];
        }

        // Nobody named: the first few, among them some whom the asking municipality does not have.
        return new Answered(200, PatientRecords.Search(type, people.Count > 0 ? people : SyntheticPeople.All.Take(5).Select(p => p.NationalId), day).ToJsonString());
    }
}
