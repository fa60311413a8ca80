using System.Collections.Concurrent;
using Vkp.Adapters;
using Vkp.Fhir.Model;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;

namespace Vkp.Hub.LookUps;

/// <summary>What is known of a patient's service.</summary>
public enum ServiceStanding
{
    /// <summary>The journal system says that the patient has it, or said so within the day and does not answer now.</summary>
    Active,

    /// <summary>The journal system says that the patient does not have it.</summary>
    Inactive,

    /// <summary>It does not answer, and has not said so lately.</summary>
    Unknown,
}

/// <summary>
/// Whether patients have services, where the municipality lets its journal system say so. Answers are kept in this process: a yes for a quarter of an hour, a no for two
/// minutes, since a service is often registered just after its first message. A journal system that does not answer is not asked again for half a minute, so that
/// no sender waits for it each time; meanwhile the last yes of the day stands.
/// </summary>
public sealed class ActiveServices(JournalQuestions journal, TimeProvider time)
{
    private readonly BoundedCache<(int Tenant, string Stream, string Code), Known> known = new(Limits.ServicesKnownMax);
    private readonly ConcurrentDictionary<int, DateTimeOffset> awayUntil = new();

    /// <param name="stream">The patient's stream, under which the answer is kept.</param>
    /// <param name="patient">As the journal system knows the patient; goes no further than the question.</param>
    public async Task<ServiceStanding> OfAsync(RegistryState municipality, string stream, SourceIdentifier patient, string serviceCode, CancellationToken ct)
    {
        var (now, key) = (time.GetUtcNow(), (municipality.Tenant, stream, serviceCode));
        var last = known.TryGet(key, out var kept) ? kept : null;
        if (last is not null && now < last.AskedAt + (last.IsActive ? Limits.ServiceKnownFor : Limits.ServiceMissedFor)) return Standing(last);
        if (awayUntil.TryGetValue(municipality.Tenant, out var until) && now < until) return WithoutAnswer(last, now);

        var (outcome, _) = await journal.AskAsync(municipality, new LookUp("EpisodeOfCare", patient, [serviceCode], []), Limits.ServiceQuestionTimeout, ct);
        if (outcome is null)
        {
            awayUntil[municipality.Tenant] = now + Limits.ServiceQuestionPause;
            return WithoutAnswer(last, now);
        }

        awayUntil.TryRemove(municipality.Tenant, out _);
        last = new Known(IsAmong(outcome.Resources, patient), now);
        known.Set(key, last);
        return Standing(last);
    }

    /// <summary>An active one of this patient; the journal system was told which service is meant, and answers with those that are it.</summary>
    private static bool IsAmong(IReadOnlyList<Resource> resources, SourceIdentifier patient) => SubjectFilter.Subjects(resources)
        .Any(found => found.Resource is EpisodeOfCare { Status: EpisodeOfCare.EpisodeOfCareStatus.Active } && found.Subject.Any(subject => subject.Value == patient.Value));

    private static ServiceStanding Standing(Known known) => known.IsActive ? ServiceStanding.Active : ServiceStanding.Inactive;

    private static ServiceStanding WithoutAnswer(Known? last, DateTimeOffset now) =>
        last is { IsActive: true } && now < last.AskedAt + Limits.ServiceBelievedFor ? ServiceStanding.Active : ServiceStanding.Unknown;

    private sealed record Known(bool IsActive, DateTimeOffset AskedAt);
}
