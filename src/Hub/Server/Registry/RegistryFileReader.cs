using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Vkp.Adapters;
using Vkp.Fhir;
using Vkp.Hub.Queues;

namespace Vkp.Hub.Registry;

/// <summary>From the file a person wrote to the wanted state: everything wrong is told at once, and identity numbers become stream names here and go no further.</summary>
public static class RegistryFileReader
{
    private static readonly Dictionary<string, JournalingPolicy> JournalingPolicies =
        Enum.GetValues<JournalingPolicy>().ToDictionary(policy => JsonNamingPolicy.CamelCase.ConvertName(policy.ToString()), StringComparer.OrdinalIgnoreCase);

    /// <summary>The national codes of the services.</summary>
    public static readonly IReadOnlyList<string> ServiceCodes = ["RT", "TA", "GPS", "MD", "DT", "DHO"];

    /// <param name="naming">How a patient's stream is found: <see cref="NamedStreams"/> to apply the file, <see cref="PlannedStreams"/> to look at it only.</param>
    public static async Task<(IReadOnlyList<WantedState> Wanted, IReadOnlyList<VkpError> Errors)> ReadAsync(
        RegistryFile file, StreamNaming naming, IReadOnlySet<string> vendors, IReadOnlyDictionary<string, IEpjAdapter> epjAdapters, CancellationToken ct)
    {
        var errors = new List<VkpError>();
        var wanted = new List<WantedState>();
        for (var i = 0; i < file.Municipalities.Count; i++)
        {
            var municipality = file.Municipalities[i];
            var path = $"municipalities[{i}]";
            if (!TryTenant(municipality.OrgNo, out var tenant))
            {
                errors.Add(Errors.ConfigurationInvalid("orgNo is not nine digits", $"{path}.orgNo"));
                continue;
            }

            if (municipality.Name.Length == 0) errors.Add(Errors.ConfigurationInvalid("name is missing", $"{path}.name"));
            CheckClients(municipality, vendors, path, errors);
            CheckDestinations(municipality, epjAdapters, path, errors);
            var policy = ReadPolicy(municipality.Policy, $"{path}.policy", errors);
            var patients = CheckPatients(municipality, path, errors);
            if (errors.Count > 0) continue;

            var named = new List<WantedPatient>();
            foreach (var patient in patients)
            {
                named.Add(new WantedPatient(patient.Stream ?? await naming(tenant, patient.Identifiers, ct), patient.Services, patient.DeviceKeys, patient.From) { Identifiers = patient.Identifiers });
            }

            wanted.Add(new WantedState(
                tenant, municipality.Name, policy,
                [.. municipality.Clients.Select(ClientOf)],
                [.. municipality.Destinations.Select(d => new Destination(d.Name, d.Adapter, d.Address) { Settings = d.Settings.ToImmutableSortedDictionary(StringComparer.Ordinal) })],
                named));
        }

        return (wanted, errors);
    }

    private static VendorClient ClientOf(ClientFile client) => new(client.Id, client.Vendor, client.VkpId)
    {
        ServiceCodes = Listed(client.ServiceCodes), Reports = Listed(client.Reports), RequestsPerSecond = client.RequestsPerSecond,
        WebhookSecrets = string.Join(',', client.WebhookSecrets), ResponseCentre = client.ResponseCentre?.Trim() ?? "",
    };

    /// <summary>In order and each once, so that two files that say the same are equal.</summary>
    private static string Listed(IEnumerable<string> codes) => string.Join(',', codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>An organisation number as the tenant's key.</summary>
    public static bool TryTenant(string? orgNo, out int tenant)
    {
        tenant = 0;
        return orgNo is { Length: 9 } && orgNo.All(char.IsAsciiDigit) && orgNo[0] != '0'
            && int.TryParse(orgNo, NumberStyles.None, CultureInfo.InvariantCulture, out tenant);
    }

    private static void CheckClients(MunicipalityFile municipality, IReadOnlySet<string> vendors, string path, List<VkpError> errors)
    {
        for (var i = 0; i < municipality.Clients.Count; i++)
        {
            var client = municipality.Clients[i];
            var at = $"{path}.clients[{i}]";
            if (client.Id.Length == 0) errors.Add(Errors.ConfigurationInvalid("id is missing", at));
            if (client.VkpId.Length == 0) errors.Add(Errors.ConfigurationInvalid("vkpId is missing", at));
            if (!vendors.Contains(client.Vendor)) errors.Add(Errors.ConfigurationInvalid($"no vendor format is named '{client.Vendor}'; known: {string.Join(", ", vendors.Order())}", $"{at}.vendor"));
            CheckServiceCodes(client.ServiceCodes, $"{at}.serviceCodes", errors);
            CheckServiceCodes(client.Reports, $"{at}.reports", errors);
            if (client.RequestsPerSecond is < 1 or > Limits.RequestsPerClientAndSecondMax) errors.Add(Errors.ConfigurationInvalid($"requestsPerSecond is 1 to {Limits.RequestsPerClientAndSecondMax}", $"{at}.requestsPerSecond"));
            CheckWebhookSecrets(client.WebhookSecrets, $"{at}.webhookSecrets", errors);
            if (municipality.Clients.Take(i).Any(c => c.Id == client.Id)) errors.Add(Errors.ConfigurationInvalid($"client '{client.Id}' stands twice", at));
        }
    }

    private static void CheckServiceCodes(IEnumerable<string> codes, string path, List<VkpError> errors)
    {
        foreach (var code in codes.Where(code => !ServiceCodes.Contains(code, StringComparer.Ordinal)))
        {
            errors.Add(Errors.ConfigurationInvalid($"'{code}' is no service code; known: {string.Join(", ", ServiceCodes)}", path));
        }
    }

    private static void CheckWebhookSecrets(IList<string> secrets, string path, List<VkpError> errors)
    {
        if (secrets.Count > Limits.WebhookSecretsMax) errors.Add(Errors.ConfigurationInvalid($"a client has at most {Limits.WebhookSecretsMax} secrets: the one in use and the next", path));
        // The value is not repeated: it may be the secret itself.
        if (!secrets.All(DestinationSettings.NamesSecret)) errors.Add(Errors.ConfigurationInvalid("a secret is given as 'env:NAME', the name of an environment variable of the hub", path));
    }

    private static void CheckDestinations(MunicipalityFile municipality, IReadOnlyDictionary<string, IEpjAdapter> adapters, string path, List<VkpError> errors)
    {
        for (var i = 0; i < municipality.Destinations.Count; i++)
        {
            var destination = municipality.Destinations[i];
            var at = $"{path}.destinations[{i}]";
            if (destination.Name.Length == 0) errors.Add(Errors.ConfigurationInvalid("name is missing", at));
            if (municipality.Destinations.Take(i).Any(d => d.Name == destination.Name)) errors.Add(Errors.ConfigurationInvalid($"destination '{destination.Name}' stands twice", at));
            if (destination.Adapter == Destination.PullAdapter)
            {
                errors.AddRange(DestinationSettings.CheckPulled(destination, at));
                continue;
            }

            if (QueueKind.Find(destination.Adapter) is { } queue)
            {
                errors.AddRange(DestinationSettings.Check(destination.Settings, queue.Settings, $"{at}.settings").Concat(queue.Check(destination.Address, destination.Settings, at)));
                continue;
            }

            if (adapters.TryGetValue(destination.Adapter, out var adapter)) errors.AddRange(DestinationSettings.Check(destination.Settings, adapter, $"{at}.settings"));
            else errors.Add(Errors.ConfigurationInvalid($"no EPJ adapter is named '{destination.Adapter}'; known: {string.Join(", ", adapters.Keys.Append(Destination.PullAdapter).Concat(QueueKind.All.Select(k => k.Name)).Order())}", $"{at}.adapter"));
            if (!Uri.TryCreate(destination.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0)
            {
                errors.Add(Errors.ConfigurationInvalid("address is not an absolute http(s) URL without user info", $"{at}.address"));
            }
        }
    }

    private static Policy ReadPolicy(PolicyFile policy, string path, List<VkpError> errors)
    {
        if (!Enum.TryParse<ServiceGate>(policy.ServiceGate, ignoreCase: true, out var gate)) errors.Add(Errors.ConfigurationInvalid("serviceGate is 'off', 'registry' or 'epj'", $"{path}.serviceGate"));

        var journaling = ImmutableSortedDictionary.CreateBuilder<string, JournalingPolicy>(StringComparer.Ordinal);
        foreach (var (kind, value) in policy.Journaling)
        {
            if (JournalingPolicies.TryGetValue(value, out var chosen)) journaling[kind] = chosen;
            else errors.Add(Errors.ConfigurationInvalid($"a journaling policy is one of {string.Join(", ", JournalingPolicies.Keys)}", $"{path}.journaling.{kind}"));
        }

        if (policy.HeldHours is < 1 or > Limits.HeldHoursMax) errors.Add(Errors.ConfigurationInvalid($"heldHours is 1 to {Limits.HeldHoursMax}", $"{path}.heldHours"));
        if (policy.RetentionDays is < Limits.RetentionDaysMin or > Limits.RetentionDaysMax)
            errors.Add(Errors.ConfigurationInvalid($"retentionDays is {Limits.RetentionDaysMin} to {Limits.RetentionDaysMax}, or left out to keep everything", $"{path}.retentionDays"));
        return new Policy(gate, journaling.ToImmutable()) { HeldHoursMax = policy.HeldHours, RetentionDays = policy.RetentionDays, Escalation = EscalationSettings.Read(policy.Escalation, $"{path}.escalation", errors) };
    }

    private static List<ReadPatient> CheckPatients(MunicipalityFile municipality, string path, List<VkpError> errors)
    {
        var patients = new List<ReadPatient>();
        var deviceKeys = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < municipality.Patients.Count; i++)
        {
            var patient = municipality.Patients[i];
            var at = $"{path}.patients[{i}]";
            var identifiers = new List<(string, string)>();
            foreach (var identifier in patient.Identifiers)
            {
                if (identifier.System is { Length: > 0 } system) identifiers.Add((system, identifier.Value));
                else if (NationalIdentityNumber.TryParse(identifier.Value, out var number)) identifiers.Add((number.System, number.Reveal()));
                else errors.Add(Errors.ConfigurationInvalid("an identifier without system is not a valid national identity number", $"{at}.identifiers"));
            }

            if (patient.Stream is null == (patient.Identifiers.Count == 0)) errors.Add(Errors.ConfigurationInvalid("a patient needs an identifier, or the stream an export names, and not both", at));
            CheckServiceCodes(patient.Services, $"{at}.services", errors);

            var devices = patient.Devices.Select(d => RegistryState.DeviceKey(d.System ?? "", d.Value)).ToList();
            foreach (var key in devices.Where(key => !deviceKeys.Add(key)))
            {
                errors.Add(Errors.ConfigurationInvalid($"the device {key} stands with two patients", $"{at}.devices"));
            }

            if (!DateTimeOffset.TryParse(patient.From, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from))
            {
                errors.Add(Errors.ConfigurationInvalid("from is not an ISO 8601 time", $"{at}.from"));
            }

            patients.Add(new ReadPatient(patient.Stream, identifiers, [.. patient.Services.Distinct(StringComparer.Ordinal)], devices, from));
        }

        return patients;
    }

    private sealed record ReadPatient(string? Stream, IReadOnlyList<(string System, string Value)> Identifiers, IReadOnlyList<string> Services, IReadOnlyList<string> DeviceKeys, DateTimeOffset From);
}
