using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>What a simulated journal system knows of a patient, as FHIR: the same for everybody, like the national test service's static answers, but for the person's own name and number.</summary>
internal static class PatientRecords
{
    private const string FnrSystem = "urn:oid:2.16.578.1.12.4.1.4.1";
    private const string PlanCategories = "http://ehelse.no/fhir/CodeSystem/vkp-careplan-category-v090";

    /// <summary>A searchset: what was asked for about one person, the Patient beside it.</summary>
    public static JsonObject Search(string resourceType, IEnumerable<string> nationalIds, string day)
    {
        var entries = new JsonArray();
        foreach (var nationalId in nationalIds.Where(id => !SyntheticPeople.IsStranger(id)))
        {
            var patientId = $"p-{SyntheticPeople.All.FirstOrDefault(p => p.NationalId == nationalId)?.Number ?? 0}";
            if (resourceType != "Patient") entries.Add(Entry(Patient(patientId, nationalId), "include"));
            foreach (var resource in Of(resourceType, patientId, nationalId, day)) entries.Add(Entry(resource, "match"));
        }

        return new JsonObject { ["resourceType"] = "Bundle", ["type"] = "searchset", ["entry"] = entries };
    }

    public static string NameOf(string nationalId) => SyntheticPeople.All.FirstOrDefault(p => p.NationalId == nationalId)?.Name ?? "Ukjent Utprøving";

    private static IEnumerable<JsonObject> Of(string resourceType, string patientId, string nationalId, string day) => resourceType switch
    {
        "Patient" => [Patient(patientId, nationalId)],
        "EpisodeOfCare" => [About("EpisodeOfCare", "patient", patientId, new() { ["status"] = "active", ["type"] = new JsonArray(new JsonObject { ["text"] = "Trygghetsalarm" }) })],
        "CarePlan" =>
        [
            Plan(patientId, "3", "Besøksplan", Activity("Morgenstell", day, "08:00", "08:30"), Activity("Kveldstilsyn", day, "20:00", "20:15")),
            Plan(patientId, "1", "Behandlingsplan", Activity("Tilrettelegge medisiner", day, "08:00", "08:10")),
        ],
        "Composition" => [About("Composition", "subject", patientId, new()
        {
            ["status"] = "final", ["type"] = new JsonObject { ["text"] = "Oppfølging hjemme" }, ["date"] = day, ["title"] = "Egenbehandlingsplan", ["author"] = new JsonArray(new JsonObject { ["display"] = "Hjemmetjenesten" }),
        })],
        "Condition" => [About("Condition", "subject", patientId, new() { ["code"] = new JsonObject { ["text"] = "Kronisk obstruktiv lungesykdom" } })],
        "AllergyIntolerance" => [About("AllergyIntolerance", "patient", patientId, new() { ["code"] = new JsonObject { ["text"] = "Penicillin" } })],
        "MedicationStatement" => [About("MedicationStatement", "subject", patientId, new() { ["status"] = "active", ["medicationCodeableConcept"] = new JsonObject { ["text"] = "Paracet 500 mg" } })],
        _ => [],
    };

    private static JsonObject Patient(string id, string nationalId)
    {
        var name = NameOf(nationalId).Split(' ');
        return new JsonObject
        {
            ["resourceType"] = "Patient",
            ["id"] = id,
            ["identifier"] = new JsonArray(new JsonObject { ["system"] = FnrSystem, ["value"] = nationalId }),
            ["name"] = new JsonArray(new JsonObject { ["given"] = new JsonArray(name[0]), ["family"] = name[^1] }),
        };
    }

    private static JsonObject Plan(string patientId, string code, string display, params JsonNode[] activities) => About("CarePlan", "subject", patientId, new()
    {
        ["status"] = "active",
        ["intent"] = "plan",
        ["category"] = new JsonArray(new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = PlanCategories, ["code"] = code, ["display"] = display }) }),
        ["activity"] = new JsonArray(activities),
    });

    private static JsonObject Activity(string what, string day, string from, string to) => new()
    {
        ["detail"] = new JsonObject { ["status"] = "scheduled", ["description"] = what, ["scheduledPeriod"] = new JsonObject { ["start"] = $"{day}T{from}:00+02:00", ["end"] = $"{day}T{to}:00+02:00" } },
    };

    private static JsonObject About(string resourceType, string link, string patientId, JsonObject content)
    {
        content["resourceType"] = resourceType;
        content[link] = new JsonObject { ["reference"] = $"Patient/{patientId}" };
        return content;
    }

    private static JsonObject Entry(JsonObject resource, string mode) => new() { ["resource"] = resource, ["search"] = new JsonObject { ["mode"] = mode } };
}
