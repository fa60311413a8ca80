using System.Collections.Immutable;

namespace Vkp.Hub.Registry;

/// <summary>One municipality's wanted state, patients already named by their streams.</summary>
public sealed record WantedState(
    int Tenant,
    string Name,
    Policy Policy,
    IReadOnlyList<VendorClient> Clients,
    IReadOnlyList<Destination> Destinations,
    IReadOnlyList<WantedPatient> Patients);

public sealed record WantedPatient(string PatientStream, IReadOnlyList<string> Services, IReadOnlyList<string> DeviceKeys, DateTimeOffset From)
{
    /// <summary>Stay in memory: only sealed do they go further.</summary>
    public IReadOnlyList<(string System, string Value)> Identifiers { get; init; } = [];
}

/// <summary>What would change: pure comparison of the wanted state with today's.</summary>
public static class RegistryPlan
{
    /// <summary>The events that bring <paramref name="today"/> to <paramref name="wanted"/>, in an order that never leaves a device with two holders. Empty when nothing differs.</summary>
    public static IReadOnlyList<RegistryEvent> Compare(RegistryState today, WantedState wanted, DateTimeOffset now)
    {
        var changes = new List<RegistryEvent>();
        if (today.Name != wanted.Name) changes.Add(new TenantRegistered(wanted.Name));
        if (today.Version == 0 || today.Policy != wanted.Policy)
        {
            changes.Add(new PolicyChanged(wanted.Policy.ServiceGate, new(wanted.Policy.Journaling.ToDictionary(), StringComparer.Ordinal), wanted.Policy.HeldHoursMax) { Escalation = EscalationSetting.Of(wanted.Policy.Escalation), RetentionDays = wanted.Policy.RetentionDays });
        }

        CompareClients(today, wanted, changes);
        CompareDestinations(today, wanted, changes);
        CompareServices(today, wanted, now, changes);
        CompareDevices(today, wanted, now, changes);
        return changes;
    }

    /// <summary>One line a person reads, free of personal data.</summary>
    public static string Describe(RegistryEvent change) => change switch
    {
        TenantRegistered e => $"+ municipality '{e.Name}'",
        PolicyChanged e => $"~ policy: service gate {e.ServiceGate}, journaling {(e.Journaling.Count == 0 ? "each" : string.Join(", ", e.Journaling.Select(p => $"{p.Key}={p.Value}")))}, held at most {e.HeldHoursMax ?? Limits.HeldHoursDefault} h, {(e.RetentionDays is { } days ? $"content deleted after {days} days" : "nothing deleted by age")}{Describe(e.Escalation)}",
        PartnerProfileChanged { Removed: true } e => $"- client {e.ClientId}",
        PartnerProfileChanged e => $"+ client {e.ClientId} ({e.Vendor}, {e.VkpId}{(e.ServiceCodes is null ? "" : $"; may look up {e.ServiceCodes}")}{(e.Reports is null ? "" : $"; reports {e.Reports}")}{(e.ResponseCentre is null ? "" : $"; answered by {e.ResponseCentre}")}{(e.RequestsPerSecond is null ? "" : $"; {e.RequestsPerSecond} requests/s")}{(e.WebhookSecrets is null ? "" : $"; signs by {e.WebhookSecrets}")})",
        DestinationRegistered e => $"+ destination {e.Name} ({e.Adapter}, {e.Address}{(e.Settings is { Count: > 0 } s ? $"; settings {string.Join(", ", s.Keys)}" : "")})",
        DestinationRemoved e => $"- destination {e.Name}",
        DestinationPaused e => $"~ destination {e.Name} paused: {e.Reason}",
        DestinationResumed e => $"~ destination {e.Name} resumed",
        DestinationHastened e => $"~ destination {e.Name} hastened, {e.Waiting} waited: {e.Reason}",
        ServiceGranted e => $"+ service {e.ServiceCode} for {e.PatientStream} from {e.From:O}",
        ServiceEnded e => $"- service {e.ServiceCode} for {e.PatientStream} at {e.At:O}",
        DeviceAssigned e => $"+ device {e.DeviceKey} to {e.PatientStream} from {e.From:O}",
        DeviceReturned e => $"- device {e.DeviceKey} from {e.PatientStream} at {e.At:O}",
        StaffGranted e => $"+ role {StaffRoles.Text(e.Role)} for {e.Subject} ({e.Issuer}){(e.Until is { } until ? $" until {until:O}" : "")}",
        StaffRevoked e => $"- role {StaffRoles.Text(e.Role)} for {e.Subject} ({e.Issuer})",
        _ => change.GetType().Name,
    };

    private static string Describe(EscalationSetting? e) => e is null ? "" :
        $", escalation: alarm {e.AlarmMinutes} min, destination {e.DestinationMinutes} min, silent {e.SilentMinutes} min, mail for {(e.Mail.Count == 0 ? "nothing" : string.Join(", ", e.Mail.Keys))}{(e.Webhook is null ? "" : ", webhook")}";

    private static void CompareClients(RegistryState today, WantedState wanted, List<RegistryEvent> changes)
    {
        foreach (var gone in today.Clients.Values.Where(c => wanted.Clients.All(w => w.ClientId != c.ClientId)))
        {
            changes.Add(new PartnerProfileChanged(gone.ClientId, gone.Vendor, gone.VkpId, Removed: true));
        }

        foreach (var client in wanted.Clients.Where(w => today.Clients.GetValueOrDefault(w.ClientId) != w))
        {
            changes.Add(new PartnerProfileChanged(client.ClientId, client.Vendor, client.VkpId, Removed: false)
            {
                ServiceCodes = client.ServiceCodes.Length > 0 ? client.ServiceCodes : null, RequestsPerSecond = client.RequestsPerSecond,
                WebhookSecrets = client.WebhookSecrets.Length > 0 ? client.WebhookSecrets : null, Reports = client.Reports.Length > 0 ? client.Reports : null,
                ResponseCentre = client.ResponseCentre.Length > 0 ? client.ResponseCentre : null,
            });
        }
    }

    private static void CompareDestinations(RegistryState today, WantedState wanted, List<RegistryEvent> changes)
    {
        foreach (var gone in today.Destinations.Keys.Where(name => wanted.Destinations.All(w => w.Name != name)))
        {
            changes.Add(new DestinationRemoved(gone));
        }

        foreach (var destination in wanted.Destinations)
        {
            // Pausing is an operator's act, not configuration: the file neither pauses nor resumes.
            var now = today.Destinations.GetValueOrDefault(destination.Name);
            if (now is null || !now.IsConfiguredAs(destination))
            {
                changes.Add(new DestinationRegistered(destination.Name, destination.Adapter, destination.Address)
                {
                    Settings = destination.Settings.IsEmpty ? null : new(destination.Settings.ToDictionary(), StringComparer.Ordinal),
                });
            }
        }
    }

    private static void CompareServices(RegistryState today, WantedState wanted, DateTimeOffset now, List<RegistryEvent> changes)
    {
        var wantedServices = wanted.Patients
            .SelectMany(p => p.Services.Select(code => (p.PatientStream, Code: code, p.From)))
            .DistinctBy(s => (s.PatientStream, s.Code)) // one person may stand twice in the file, by two identifiers
            .ToDictionary(s => (s.PatientStream, s.Code), s => s.From);
        foreach (var (stream, grants) in today.Services.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            foreach (var grant in grants.Where(g => g.To is null && !wantedServices.ContainsKey((stream, g.ServiceCode))))
            {
                changes.Add(new ServiceEnded(stream, grant.ServiceCode, now));
            }
        }

        foreach (var ((stream, code), from) in wantedServices)
        {
            if (!today.Services.GetValueOrDefault(stream, []).Any(g => g.ServiceCode == code && g.To is null))
            {
                changes.Add(new ServiceGranted(stream, code, from));
            }
        }
    }

    private static void CompareDevices(RegistryState today, WantedState wanted, DateTimeOffset now, List<RegistryEvent> changes)
    {
        var holders = wanted.Patients
            .SelectMany(p => p.DeviceKeys.Select(key => (Key: key, p.PatientStream, p.From)))
            .ToDictionary(d => d.Key, StringComparer.Ordinal);
        foreach (var (key, periods) in today.Devices.OrderBy(d => d.Key, StringComparer.Ordinal))
        {
            foreach (var open in periods.Where(p => p.To is null && (!holders.TryGetValue(key, out var holder) || holder.PatientStream != p.PatientStream)))
            {
                changes.Add(new DeviceReturned(key, open.PatientStream, now));
            }
        }

        foreach (var (key, stream, from) in holders.Values)
        {
            var periods = today.Devices.GetValueOrDefault(key, []);
            if (periods.Any(p => p.To is null && p.PatientStream == stream)) continue;

            // A device that changes hands belongs to the new holder from now on, whatever the file's date says: the past is not rewritten.
            changes.Add(new DeviceAssigned(key, stream, periods.IsEmpty ? from : now));
        }
    }
}
