using System.Collections.Immutable;

namespace Vkp.Hub.Registry;

/// <summary>One vendor system of one municipality: what its access token may be used for.</summary>
/// <param name="Vendor">Name of the vendor format it speaks.</param>
/// <param name="VkpId">`Leverandør_System_Kommune`; the source of its messages, so permanent.</param>
public sealed record VendorClient(string ClientId, string Vendor, string VkpId)
{
    /// <summary>The services whose patients it may look up, in order and separated by commas, so that two configurations that say the same are equal.</summary>
    public string ServiceCodes { get; init; } = "";

    /// <summary>Requests it may make per second at each node; null = what the operator allows every client.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>Where the secrets are that it signs with instead of fetching tokens: `env:NAME`, at most two, separated by commas. Empty = it does not sign.</summary>
    public string WebhookSecrets { get; init; } = "";

    /// <summary>The services it may report events of, in order and separated by commas; empty = every one.</summary>
    public string Reports { get; init; } = "";

    /// <summary>The response centre whose people answer what it reports; empty = none is named.</summary>
    public string ResponseCentre { get; init; } = "";

    public bool MayReport(string serviceCode) => Reports.Length == 0 || Reports.Split(',').Contains(serviceCode, StringComparer.Ordinal);

    public bool MayLookUp(string serviceCode) => ServiceCodes.Split(',').Contains(serviceCode, StringComparer.Ordinal);
}

/// <summary>A journal system to deliver to.</summary>
/// <param name="Adapter">Name in the EPJ catalogue.</param>
/// <param name="Address">Base address; the adapter appends its paths.</param>
public sealed record Destination(string Name, string Adapter, string Address, bool Paused = false)
{
    /// <summary>What the adapter is told beside the address. A value `env:NAME` stands for an environment variable of the hub.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How often people have hastened it: whoever holds its deliveries in memory sees that it was done.</summary>
    public int Hastened { get; init; }

    /// <summary>The setting that names the access client of the journal system, for one that calls the hub.</summary>
    public const string ClientSetting = "client";

    /// <summary>The access client of the journal system, when it calls the hub itself.</summary>
    public string? Client => Settings.GetValueOrDefault(ClientSetting);

    /// <summary>The adapter of a journal system that fetches its documents itself.</summary>
    public const string PullAdapter = "jft-pull";

    /// <summary>Nothing is sent to it: it fetches, and answers what it journaled.</summary>
    public bool IsPulled => Adapter == PullAdapter;

    /// <summary>It is told through a queue that a document is ready, and answers through one.</summary>
    public bool IsQueued => Queues.QueueKind.Find(Adapter) is not null;

    /// <summary>It fetches its documents from the hub: those that wait for it, or those it was told of.</summary>
    public bool Fetches => IsPulled || IsQueued;

    /// <summary>Whether the configuration of both says the same; pausing and hastening are an operator's acts and no configuration.</summary>
    public bool IsConfiguredAs(Destination other) => Adapter == other.Adapter && Address == other.Address && Settings.SequenceEqual(other.Settings);
}

/// <summary>A service a patient has in a period.</summary>
/// <param name="ServiceCode">RT, TA, GPS, MD, DT or DHO.</param>
public sealed record ServiceGrant(string ServiceCode, DateTimeOffset From, DateTimeOffset? To);

/// <summary>A device a patient has in a period.</summary>
/// <param name="PatientStream">The patient's stream, never the identity number.</param>
public sealed record DeviceAssignment(string PatientStream, DateTimeOffset From, DateTimeOffset? To);

/// <summary>Whether a message needs an active service of the patient.</summary>
public enum ServiceGate
{
    /// <summary>Every patient's messages pass.</summary>
    Off,

    /// <summary>The registry must hold an active service.</summary>
    Registry,

    /// <summary>The journal system must say that the patient has the service.</summary>
    Epj,
}

/// <summary>What becomes of one kind of event.</summary>
public enum JournalingPolicy
{
    /// <summary>One journal document for each message, or for each case at its closure.</summary>
    Each,

    /// <summary>No document: the message is settled with the policy as reason. Never swallows a case that was opened.</summary>
    Never,

    /// <summary>A document for what deviates from the plan; a confirmation that all went well is settled with the policy as reason.</summary>
    DeviationsOnly,

    /// <summary>One note per patient and Norwegian day that lists what happened.</summary>
    DailySummary,

    /// <summary>For what opens a case: a note at once, beside the document at the closure. For calls for help.</summary>
    Immediate,
}

/// <summary>The municipality's own choices.</summary>
/// <param name="Journaling">By event kind; `*` for every kind not named, which else is journaled each.</param>
public sealed record Policy(ServiceGate ServiceGate, ImmutableSortedDictionary<string, JournalingPolicy> Journaling)
{
    public static readonly Policy Initial = new(ServiceGate.Registry, ImmutableSortedDictionary<string, JournalingPolicy>.Empty);

    /// <summary>How long a message is held before it is rejected back to its vendor, in hours.</summary>
    public int HeldHoursMax { get; init; } = Limits.HeldHoursDefault;

    /// <summary>What somebody is called for, when, and who.</summary>
    public EscalationPolicy Escalation { get; init; } = EscalationPolicy.Initial;

    /// <summary>How long the content of messages is kept, in days; null keeps it for good.</summary>
    public int? RetentionDays { get; init; }

    public bool Equals(Policy? other) =>
        other is not null && ServiceGate == other.ServiceGate && HeldHoursMax == other.HeldHoursMax && RetentionDays == other.RetentionDays && Escalation == other.Escalation && Journaling.SequenceEqual(other.Journaling);

    public override int GetHashCode() => HashCode.Combine(ServiceGate, Journaling.Count);
}

/// <summary>A municipality's configuration: a fold over its registry stream, so any past state can be read again.</summary>
/// <param name="Version">The stream version it stands at; 0 = not registered.</param>
public sealed record RegistryState(
    int Tenant,
    long Version,
    string Name,
    Policy Policy,
    ImmutableSortedDictionary<string, VendorClient> Clients,
    ImmutableSortedDictionary<string, Destination> Destinations,
    ImmutableDictionary<string, ImmutableList<ServiceGrant>> Services,
    ImmutableDictionary<string, ImmutableList<DeviceAssignment>> Devices)
{
    /// <summary>Who may do what here; one grant for each person and role, ended ones among them until somebody takes them away.</summary>
    public ImmutableList<StaffGrant> Staff { get; init; } = [];

    public bool IsRegistered => Name.Length > 0;

    public string OrgNo => Tenant.ToString("D9");

    public static RegistryState Empty(int tenant) => new(
        tenant, 0, "", Policy.Initial,
        ImmutableSortedDictionary<string, VendorClient>.Empty,
        ImmutableSortedDictionary<string, Destination>.Empty,
        ImmutableDictionary<string, ImmutableList<ServiceGrant>>.Empty,
        ImmutableDictionary<string, ImmutableList<DeviceAssignment>>.Empty);

    /// <summary>The key of a device in this state and in registry events.</summary>
    public static string DeviceKey(string system, string value) => $"{system}|{value}";

    public bool HasService(string patientStream, string serviceCode, DateTimeOffset at) =>
        Services.TryGetValue(patientStream, out var grants)
        && grants.Any(g => g.ServiceCode == serviceCode && g.From <= at && (g.To is null || at < g.To));

    /// <summary>Whether the patient has or had a service or a device here.</summary>
    public bool Knows(string patientStream) => Services.ContainsKey(patientStream) || Devices.Values.Any(periods => periods.Any(p => p.PatientStream == patientStream));

    /// <summary>Who had the device at that time; null when nobody.</summary>
    public string? DeviceHolder(string deviceKey, DateTimeOffset at) =>
        Devices.TryGetValue(deviceKey, out var periods)
            ? periods.FirstOrDefault(p => p.From <= at && (p.To is null || at < p.To))?.PatientStream
            : null;

    public JournalingPolicy JournalingOf(string eventKind) => Policy.Journaling.GetValueOrDefault(eventKind, Policy.Journaling.GetValueOrDefault("*", JournalingPolicy.Each));

    /// <summary>The state after one more event of the registry stream.</summary>
    public RegistryState Apply(RegistryEvent change, long version)
    {
        var next = change switch
        {
            TenantRegistered e => this with { Name = e.Name },
            PolicyChanged e => this with
            {
                Policy = new(e.ServiceGate, e.Journaling.ToImmutableSortedDictionary(StringComparer.Ordinal)) 
                {
                    HeldHoursMax = e.HeldHoursMax ?? Limits.HeldHoursDefault, Escalation = e.Escalation?.ToPolicy() ?? EscalationPolicy.Initial,
                    RetentionDays = e.RetentionDays,
                },
            },
            PartnerProfileChanged { Removed: true } e => this with { Clients = Clients.Remove(e.ClientId) },
            PartnerProfileChanged e => this with { Clients = Clients.SetItem(e.ClientId, new(e.ClientId, e.Vendor, e.VkpId) { ServiceCodes = e.ServiceCodes ?? "", RequestsPerSecond = e.RequestsPerSecond, WebhookSecrets = e.WebhookSecrets ?? "", Reports = e.Reports ?? "", ResponseCentre = e.ResponseCentre ?? "" }) },
            DestinationRegistered e => this with { Destinations = Destinations.SetItem(e.Name, Registered(e)) },
            DestinationRemoved e => this with { Destinations = Destinations.Remove(e.Name) },
            DestinationPaused e => WithDestination(e.Name, destination => destination with { Paused = true }),
            DestinationResumed e => WithDestination(e.Name, destination => destination with { Paused = false }),
            DestinationHastened e => WithDestination(e.Name, destination => destination with { Hastened = destination.Hastened + 1 }),
            ServiceGranted e => this with { Services = Services.SetItem(e.PatientStream, Grants(e.PatientStream).Add(new(e.ServiceCode, e.From, null))) },
            ServiceEnded e => this with { Services = Services.SetItem(e.PatientStream, EndGrant(e)) },
            DeviceAssigned e => this with { Devices = Devices.SetItem(e.DeviceKey, Assignments(e.DeviceKey).Add(new(e.PatientStream, e.From, null))) },
            DeviceReturned e => this with { Devices = Devices.SetItem(e.DeviceKey, EndAssignment(e)) },
            StaffGranted e => this with { Staff = WithoutGrant(e.Issuer, e.Subject, e.Role).Add(new(e.Issuer, e.Subject, e.Role, e.Until)) },
            StaffRevoked e => this with { Staff = WithoutGrant(e.Issuer, e.Subject, e.Role) },
            _ => throw new InvalidOperationException($"Registry event {change.GetType().Name} has no fold."),
        };
        return next with { Version = version };
    }

    private RegistryState WithDestination(string name, Func<Destination, Destination> change) =>
        Destinations.TryGetValue(name, out var destination) ? this with { Destinations = Destinations.SetItem(name, change(destination)) } : this;

    private Destination Registered(DestinationRegistered e) => new(e.Name, e.Adapter, e.Address, Destinations.GetValueOrDefault(e.Name)?.Paused ?? false)
    {
        Settings = e.Settings?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, string>.Empty,
        Hastened = Destinations.GetValueOrDefault(e.Name)?.Hastened ?? 0,
    };

    private ImmutableList<StaffGrant> WithoutGrant(string issuer, string subject, StaffRole role) => Staff.RemoveAll(grant => grant.IsOf(issuer, subject) && grant.Role == role);

    private ImmutableList<ServiceGrant> Grants(string patientStream) => Services.GetValueOrDefault(patientStream, []);

    private ImmutableList<DeviceAssignment> Assignments(string deviceKey) => Devices.GetValueOrDefault(deviceKey, []);

    private ImmutableList<ServiceGrant> EndGrant(ServiceEnded e) =>
        [.. Grants(e.PatientStream).Select(g => g.ServiceCode == e.ServiceCode && g.To is null ? g with { To = e.At } : g)];

    private ImmutableList<DeviceAssignment> EndAssignment(DeviceReturned e) =>
        [.. Assignments(e.DeviceKey).Select(a => a.PatientStream == e.PatientStream && a.To is null ? a with { To = e.At } : a)];
}
