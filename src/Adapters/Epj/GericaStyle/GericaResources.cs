using System.Globalization;
using Vkp.Adapters.Answers;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Epj.GericaStyle;

/// <summary>What the interface answers, as FHIR. Field names beyond the public help page are our own model. Pure.</summary>
internal static class GericaResources
{
    public static Patient Patient(JsonAnswer person, SourceIdentifier patient)
    {
        var made = new Patient();
        made.Identifier.Add(IdentifierOf(patient));
        made.Name.Add(new HumanName { Family = person.Text("LastName"), Given = person.Text("FirstName") is { } given ? [given] : [] });
        return made;
    }

    /// <summary>A service the patient has.</summary>
    public static EpisodeOfCare Service(JsonAnswer service, SourceIdentifier patient)
    {
        var made = new EpisodeOfCare { Status = EpisodeOfCare.EpisodeOfCareStatus.Active, Patient = Subject(patient) };
        made.Type.Add(new CodeableConcept { Text = service.Text("Name") ?? service.Text("ServiceCode") ?? "Tjeneste" });
        return made;
    }

    /// <summary>The visits, or the measures, as the activities of one plan.</summary>
    public static CarePlan Plan(FhirCode category, IReadOnlyList<JsonAnswer> activities, SourceIdentifier patient)
    {
        var plan = new CarePlan { Status = RequestStatus.Active, Intent = CarePlan.CarePlanIntent.Plan, Subject = Subject(patient) };
        plan.Category.Add(category);
        foreach (var activity in activities)
        {
            var detail = new CarePlan.DetailComponent { Status = CarePlan.CarePlanActivityStatus.Scheduled, Description = activity.Text("Description") ?? activity.Text("Name") };
            if (Time(activity.Text("From")) is { } start) detail.Scheduled = new Period { Start = start, End = Time(activity.Text("To")) };
            plan.Activity.Add(new CarePlan.ActivityComponent { Detail = detail });
        }

        return plan;
    }

    private static ResourceReference Subject(SourceIdentifier patient) => new(IdentifierOf(patient));

    private static Identifier IdentifierOf(SourceIdentifier patient) => new(patient.System, patient.Value);

    /// <summary>Only with an offset: the interface's local times without one mean two moments in October.</summary>
    private static string? Time(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) ? text : null;
}
