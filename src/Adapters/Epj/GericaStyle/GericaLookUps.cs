using Vkp.Adapters.Answers;
using Vkp.Adapters.Errors;
using Vkp.Adapters.LookUps;
using Vkp.Adapters.Notes;
using Vkp.Fhir.Codes;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Adapters.Epj.GericaStyle;

/// <summary>
/// Look-ups by REST: the patient, the services, and the plan (visits and measures). The need is checked first, against the services the EPJ itself names; which of
/// its services a national code stands for, the setting `service.*` says, with `%` for any text.
/// </summary>
internal sealed class GericaLookUps(LookUp query, EpjSend send, string domain, string key)
{
    private const string Json = "application/json";

    public static Task<LookUpOutcome> AskAsync(LookUp query, EpjSend send, CancellationToken ct)
    {
        // The interface gives one patient at a time.
        if (query.Patient is null || query.ResourceType is not ("Patient" or "EpisodeOfCare" or "CarePlan")) return Task.FromResult<LookUpOutcome>(new LookUpOutcome.NotOffered());

        foreach (var name in (string[])["domain", "key"])
        {
            if (!query.Settings.TryGetValue(name, out var value) || value.Length == 0) return Task.FromResult<LookUpOutcome>(new LookUpOutcome.Failed(LookUpErrors.SettingUnusable(name)));
        }

        return new GericaLookUps(query, send, query.Settings["domain"], query.Settings["key"]).AskAsync(query.Patient, ct);
    }

    private async Task<LookUpOutcome> AskAsync(SourceIdentifier patient, CancellationToken ct)
    {
        var (services, failed) = await ListAsync(patient, "careServices", "allowEmpty=true", ct);
        if (services is null) return failed ?? new LookUpOutcome.Found([]);

        // A patient without the service is answered as one who is not there: the asker has no need to know the difference.
        var needed = services.Where(IsNeeded).ToList();
        if (needed.Count == 0) return new LookUpOutcome.Found([]);

        switch (query.ResourceType)
        {
            case "Patient":
                var (person, missing) = await OneAsync(patient, ct);
                return person is { } found ? new LookUpOutcome.Found([GericaResources.Patient(found, patient)]) : missing ?? new LookUpOutcome.Found([]);
            case "EpisodeOfCare":
                return new LookUpOutcome.Found([.. needed.Select(service => GericaResources.Service(service, patient))]);
            default:
                return await PlanAsync(patient, ct);
        }
    }

    private async Task<LookUpOutcome> PlanAsync(SourceIdentifier patient, CancellationToken ct)
    {
        var period = string.Join('&', query.Dates.Select(date => $"{(date.StartsWith("ge", StringComparison.Ordinal) ? "from" : "to")}={Uri.EscapeDataString(date[2..])}"));
        var (visits, noVisits) = await ListAsync(patient, "visits", period, ct);
        if (noVisits is not null) return noVisits;
        var (measures, noMeasures) = await ListAsync(patient, "measures", "active=true", ct);
        if (noMeasures is not null) return noMeasures;

        return new LookUpOutcome.Found([GericaResources.Plan(CarePlanCategories.VisitPlan, visits ?? [], patient), GericaResources.Plan(CarePlanCategories.TreatmentPlan, measures ?? [], patient)]);
    }

    private bool IsNeeded(JsonAnswer service) => query.ServiceCodes.Any(code =>
        !query.Settings.TryGetValue($"service.{code}", out var pattern) || (service.Text("ServiceCode") is { } own && Wildcards.Match(pattern, own)));

    private async Task<(JsonAnswer? Found, LookUpOutcome? Failed)> OneAsync(SourceIdentifier patient, CancellationToken ct)
    {
        var answer = await SendAsync(patient, string.Empty, string.Empty, ct);
        if (answer is EpjAnswer.Response { Status: 404 }) return (null, null);
        if (LookUpAnswers.Failure(answer, ReasonCodes.OfJson) is { } failed) return (null, failed);
        return JsonAnswer.Read((EpjAnswer.Response)answer) is { } read ? (read, null) : (null, new LookUpOutcome.Failed(LookUpErrors.Unreadable()));
    }

    /// <summary>Neither a list nor a failure: the EPJ does not know the patient.</summary>
    private async Task<(IReadOnlyList<JsonAnswer>? Found, LookUpOutcome? Failed)> ListAsync(SourceIdentifier patient, string what, string parameters, CancellationToken ct)
    {
        var answer = await SendAsync(patient, $"/{what}", parameters, ct);
        if (answer is EpjAnswer.Response { Status: 404 }) return (null, null);
        if (LookUpAnswers.Failure(answer, ReasonCodes.OfJson) is { } failed) return (null, failed);
        return JsonAnswer.ReadList((EpjAnswer.Response)answer) is { } read ? (read, null) : (null, new LookUpOutcome.Failed(LookUpErrors.Unreadable()));
    }

    private Task<EpjAnswer> SendAsync(SourceIdentifier patient, string what, string parameters, CancellationToken ct)
    {
        var more = parameters.Length == 0 ? string.Empty : parameters + "&";
        var path = $"api/v1/patients/{Uri.EscapeDataString(patient.Value)}{what}?{more}domain={Uri.EscapeDataString(domain)}&key={Uri.EscapeDataString(key)}";
        return send(new EpjRequest("GET", path, Json, default) { ChangesJournal = false }, ct);
    }
}
