using Vkp.Hub.Privacy;

namespace Vkp.Hub.Registry;

/// <summary>The name of the stream of the patient with these identifiers, of which there is at least one.</summary>
public delegate ValueTask<string> StreamNaming(int tenant, IReadOnlyList<(string System, string Value)> identifiers, CancellationToken ct);

/// <summary>For a file that is applied: a patient nobody knows yet gets a stream, and her identifiers lead to it from now on.</summary>
public static class NamedStreams
{
    public static StreamNaming Of(Vault vault) => async (tenant, identifiers, ct) => (await vault.PatientStreamAsync(tenant, identifiers, ct)).ToString();
}

/// <summary>
/// For a file that is only looked at: nothing is stored. A patient nobody knows yet is told as `new patient 1`, under the same name wherever the file has one
/// of her identifiers. Of one file: a second file's patients are counted anew.
/// </summary>
public sealed class PlannedStreams(MunicipalityRegistry registry, Vault vault)
{
    private readonly Dictionary<(int Tenant, string System, string Value), string> made = [];
    private int count;

    public async ValueTask<string> OfAsync(int tenant, IReadOnlyList<(string System, string Value)> identifiers, CancellationToken ct)
    {
        // A municipality that is new has no keys yet, and asking for them would make them.
        var isKnown = (await registry.CurrentAsync(tenant, ct)).IsRegistered;
        foreach (var (system, value) in isKnown ? identifiers : [])
        {
            if (await vault.FindPatientStreamAsync(tenant, system, value, ct) is { } known) return known.ToString();
        }

        var name = identifiers.Select(i => made.GetValueOrDefault((tenant, i.System, i.Value))).FirstOrDefault(earlier => earlier is not null) ?? $"new patient {++count}";
        foreach (var (system, value) in identifiers) made.TryAdd((tenant, system, value), name);
        return name;
    }
}
