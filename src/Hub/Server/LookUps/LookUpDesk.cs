using Vkp.Adapters;
using Vkp.Adapters.Errors;
using Vkp.EventStore;
using Vkp.Fhir;
using Vkp.Fhir.Model;
using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Registry;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Hub.LookUps;

/// <summary>
/// Asks a municipality's journal system for what a vendor with a need may see: checks the need, asks, throws away what is about anybody else, and writes on the
/// stream of each patient whose data went out that it did, before it goes.
/// </summary>
public sealed class LookUpDesk(
    EventLog store, Vault vault, JournalQuestions journal, ActiveServices services, HubEnvironment environment, TimeProvider time)
{
    public async Task<(IReadOnlyList<Resource>? Found, VkpError? Error)> AskAsync(Sender sender, LookUp query, CancellationToken ct)
    {
        if (query.ServiceCodes.Where(code => !sender.Client.MayLookUp(code)).ToList() is { Count: > 0 } forbidden) return (null, Errors.ServiceCodeNotAllowed(forbidden));
        if (await FindRefusalAsync(sender, query, ct) is { } refusal) return (null, refusal);

        var (outcome, error) = await journal.AskAsync(sender.Municipality, query, Limits.LookUpTimeout, ct);
        if (outcome is null) return (null, error);

        var own = await OwnAsync(sender.Municipality, query, outcome.Resources, ct);
        await NoteAsync(sender, query, own.Select(o => o.Stream), ct);
        return ([.. own.Select(o => o.Resource)], null);
    }

    private async Task<VkpError?> FindRefusalAsync(Sender sender, LookUp query, CancellationToken ct)
    {
        if (query.Patient is not { } patient) return null;
        if (environment == HubEnvironment.Production && IsSynthetic(patient)) return TranslationErrors.IdentityNumber("patient.identifier");
        return await IsNeededAsync(sender.Municipality, query, patient, ct) is null ? Errors.NoNeed(query.ServiceCodes) : null;
    }

    /// <summary>What is about the patient asked for; when everybody was asked for, about those who have the service. What does not say whose it is, is nobody's.</summary>
    private async Task<IReadOnlyList<(Resource Resource, StreamName Stream)>> OwnAsync(RegistryState municipality, LookUp query, IReadOnlyList<Resource> resources, CancellationToken ct)
    {
        var own = new List<(Resource, StreamName)>();
        foreach (var (resource, subject) in SubjectFilter.Subjects(resources))
        {
            if (query.Patient is { } asked && !subject.Any(s => s.Value == asked.Value)) continue;
            foreach (var person in subject.Where(s => NationalIdentityNumber.TryParse(s.Value, out _)))
            {
                if (await IsNeededAsync(municipality, query, person, ct) is not { } stream) continue;
                own.Add((resource, stream));
                break;
            }
        }

        return own;
    }

    /// <summary>The patient's stream when the municipality's gate lets the need through; else null.</summary>
    private async Task<StreamName?> IsNeededAsync(RegistryState municipality, LookUp query, SourceIdentifier patient, CancellationToken ct)
    {
        if (municipality.Policy.ServiceGate != ServiceGate.Registry)
        {
            var whose = await vault.PatientStreamAsync(municipality.Tenant, [(SystemOf(patient), patient.Value)], ct);
            return municipality.Policy.ServiceGate == ServiceGate.Off || await HasOneAtJournalAsync(municipality, query, patient, whose, ct) ? whose : null;
        }

        var stream = await vault.FindPatientStreamAsync(municipality.Tenant, SystemOf(patient), patient.Value, ct);
        return stream is { } known && query.ServiceCodes.Any(code => municipality.HasService(known.ToString(), code, time.GetUtcNow())) ? known : null;
    }

    /// <summary>No answer is no: a need that cannot be shown opens nothing.</summary>
    private async Task<bool> HasOneAtJournalAsync(RegistryState municipality, LookUp query, SourceIdentifier patient, StreamName stream, CancellationToken ct)
    {
        foreach (var code in query.ServiceCodes)
        {
            if (await services.OfAsync(municipality, stream.ToString(), patient, code, ct) == ServiceStanding.Active) return true;
        }

        return false;
    }

    private async Task NoteAsync(Sender sender, LookUp query, IEnumerable<StreamName> streams, CancellationToken ct)
    {
        var purpose = $"{query.ResourceType}/_search for {string.Join(',', query.ServiceCodes)}";
        var metadata = new EventMetadata { Source = sender.Client.VkpId, Author = sender.Client.ClientId, Purpose = purpose }.ToJson();
        foreach (var stream in streams.Distinct())
        {
            await store.AppendAsync(new AppendRequest(sender.Tenant, stream, [new NewEvent(Guid.CreateVersion7(), MessageEvents.JournalRead, metadata, ReadOnlyMemory<byte>.Empty)]), ct);
        }
    }

    /// <summary>Journal systems name the system in more than one way; a national number has the one of its kind.</summary>
    private static string SystemOf(SourceIdentifier patient) => NationalIdentityNumber.TryParse(patient.Value, out var number) && number.System is { } system ? system : patient.System;

    private static bool IsSynthetic(SourceIdentifier patient) => NationalIdentityNumber.TryParse(patient.Value, out var number) && number.IsSynthetic;
}
