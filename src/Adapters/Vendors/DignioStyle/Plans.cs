using System.Globalization;
using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Adapters.Reading;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>Plans for self-treatment: what to do when green, yellow and red. A new version replaces the one before under the same id.</summary>
internal static class Plans
{
    private static readonly Dictionary<string, string> Levels = new() { ["green"] = "Grønn", ["yellow"] = "Gul", ["red"] = "Rød" };

    public static Func<Outcome> Read(VendorEvent source, bool retired)
    {
        var data = source.Data;
        var planId = data.Text("planId", charactersMax: 64);
        var version = data.Integer("version", min: 1, max: 100_000);
        var zones = data.Objects("zones", itemsMax: 30, required: !retired).Select(Zone).ToList();
        var approver = data.ObjectOrNull("approvedBy") is { } person ? HealthWorker.Read(person) : null;
        return () => new Outcome.Journal(
            Lane.Routine, ServiceCodes.HomeFollowUp, CaseRole.None, [], Freshness.Day, [Plan(source, planId, version, zones, approver, retired)])
        {
            AboutIds = [$"plan:{planId}"],
        };
    }

    private static string Zone(JsonFields zone) =>
        $"{zone.Choice("level", Levels)}: {zone.Text("condition", charactersMax: 1000)} – {zone.Text("action", charactersMax: 1000)}";

    private static CarePlan Plan(VendorEvent source, string planId, int version, IReadOnlyList<string> zones, HealthWorker? approver, bool retired)
    {
        var id = source.SharedId("plan", planId);
        var plan = new CarePlan
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.CarePlan),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = retired ? RequestStatus.Completed : RequestStatus.Active,
            Intent = CarePlan.CarePlanIntent.Plan,
            Category = [CarePlanCategories.SelfTreatmentPlan],
            Title = $"Egenbehandlingsplan, versjon {version.ToString(CultureInfo.InvariantCulture)}",
            Subject = Parts.Logical(source.Patient),
            CreatedElement = new FhirDateTime(source.OccurredAt),
            Author = approver is null ? null : Parts.Person(approver),
        };
        foreach (var zone in zones)
        {
            plan.Activity.Add(new()
            {
                Detail = new() { Status = retired ? CarePlan.CarePlanActivityStatus.Completed : CarePlan.CarePlanActivityStatus.InProgress, Description = zone },
            });
        }

        return plan;
    }
}
