using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>A plan for self-treatment: what to do in each zone.</summary>
internal static class CarePlanText
{
    public static IEnumerable<string> Lines(CarePlan plan)
    {
        var at = Says.Time(plan.CreatedElement) is { Length: > 0 } time ? $", {time}" : string.Empty;
        var ended = plan.Status is RequestStatus.Completed or RequestStatus.Revoked ? " Planen er avsluttet." : string.Empty;
        yield return Says.Sentence($"{plan.Title ?? "Egenbehandlingsplan"}{at}") + ended;
        foreach (var activity in plan.Activity.Where(activity => activity.Detail?.Description is { Length: > 0 }))
            yield return $"- {activity.Detail!.Description}";
    }
}
