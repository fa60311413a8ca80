namespace Vkp.Hub.Registry;

/// <summary>A roll-out over many municipalities at once: who shares what, and what each still misses.</summary>
public sealed record Rollout(IReadOnlyList<RolloutGroup> Groups, IReadOnlyList<Readiness> Municipalities);

/// <summary>Municipalities that share a journal system, a vendor's system or a response centre: what is agreed or tried with the one is so for the others.</summary>
/// <param name="Kind">`journal`, `vendor` or `centre`.</param>
/// <param name="Name">Adapter and server of a journal system; format, supplier and system of a vendor; a response centre's name in the file.</param>
/// <param name="Municipalities">Organisation numbers, in order.</param>
public sealed record RolloutGroup(string Kind, string Name, IReadOnlyList<string> Municipalities);

/// <summary>One municipality's checklist.</summary>
/// <param name="Changes">How many changes the file makes; 0 = it is applied already.</param>
public sealed record Readiness(string OrgNo, string Name, int Changes, IReadOnlyList<ReadinessPoint> Points)
{
    public bool IsReady => Points.All(point => point.Missing is null);
}

/// <param name="Missing">What is not there yet; null when nothing is.</param>
public sealed record ReadinessPoint(string What, string? Missing);

/// <summary>Looks at the wanted states of a file together. Pure but for the question whether a secret is there; none is read further than that.</summary>
public static class RolloutPlan
{
    public static Rollout Of(IReadOnlyList<(WantedState Wanted, int Changes)> municipalities, Func<string, string?> environment)
    {
        var wanted = municipalities.Select(m => m.Wanted).ToList();
        return new Rollout(
            [
                .. Groups("journal", wanted, m => m.Destinations.Select(JournalOf)), .. Groups("vendor", wanted, m => m.Clients.Select(SystemOf)),
                .. Groups("centre", wanted, CentresOf),
            ],
            [.. municipalities.Select(m => new Readiness(OrgNo(m.Wanted), m.Wanted.Name, m.Changes, [.. Points(m.Wanted, environment)]))]);
    }

    /// <summary>Largest first: what most wait for is worth doing first.</summary>
    private static IEnumerable<RolloutGroup> Groups(string kind, IEnumerable<WantedState> wanted, Func<WantedState, IEnumerable<string>> namesOf) => wanted
        .SelectMany(m => namesOf(m).Distinct(StringComparer.Ordinal).Select(name => (Name: name, OrgNo: OrgNo(m))))
        .GroupBy(m => m.Name, m => m.OrgNo, StringComparer.Ordinal)
        .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => new RolloutGroup(kind, group.Key, [.. group.Order(StringComparer.Ordinal)]));

    private static string OrgNo(WantedState wanted) => wanted.Tenant.ToString("D9");

    /// <summary>The server, not the whole address: one installation serves many municipalities under paths of their own. One that fetches is known by its client.</summary>
    private static string JournalOf(Destination destination) =>
        $"{destination.Adapter} {(Uri.TryCreate(destination.Address, UriKind.Absolute, out var address) ? address.Authority : destination.Client)}";

    /// <summary>`Leverandør_System` of the vkp-id; the third part is the municipality.</summary>
    private static string SystemOf(VendorClient client) => $"{client.Vendor} {string.Join('_', client.VkpId.Split('_').Take(2))}";

    private static IEnumerable<string> CentresOf(WantedState wanted) => wanted.Clients.Select(c => c.ResponseCentre).Where(name => name.Length > 0);

    /// <summary>Whether somebody here has a service in which a person calls for help.</summary>
    private static bool HasCalls(WantedState wanted) => wanted.Patients.Any(p => p.Services.Any(code => code is "TA" or "RT"));

    private static IEnumerable<ReadinessPoint> Points(WantedState wanted, Func<string, string?> environment)
    {
        yield return new("a vendor's client", wanted.Clients.Count == 0 ? "none is named" : null);
        yield return new("clients named Leverandør_System_Kommune", Listed(wanted.Clients.Where(c => c.VkpId.Split('_') is not [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }]).Select(c => c.VkpId)));
        yield return new("a journal system", wanted.Destinations.Count == 0 ? "none is named" : null);
        yield return new("secrets at this hub", Listed(SecretsOf(wanted).Where(named => DestinationSettings.Secret(named, environment) is null)));
        yield return new("patients' services", wanted.Policy.ServiceGate == ServiceGate.Registry && wanted.Patients.All(p => p.Services.Count == 0) ? "the gate asks the registry, and no patient has a service there" : null);
        yield return new("a response centre for calls for help", HasCalls(wanted) && !CentresOf(wanted).Any() ? "patients have TA or RT, and no client names who answers ('responseCentre')" : null);
        yield return new("somebody to call", wanted.Policy.Escalation is { Mail.IsEmpty: true, Webhook: null } ? "the escalation policy has neither mail nor webhook" : null);
    }

    private static IEnumerable<string> SecretsOf(WantedState wanted) => wanted.Destinations.SelectMany(d => d.Settings.Values)
        .Concat(wanted.Clients.SelectMany(c => c.WebhookSecrets.Split(',')))
        .Where(DestinationSettings.NamesSecret).Distinct(StringComparer.Ordinal);

    private static string? Listed(IEnumerable<string> missing) => missing.ToList() is { Count: > 0 } some ? string.Join(", ", some) : null;
}
