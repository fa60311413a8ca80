using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vkp.Hub.Registry;

/// <summary>
/// A change of a municipality's configuration: an event of its registry stream. The type names are permanent data.
/// None carries a national identity number: a patient is named by stream.
/// </summary>
[JsonDerivedType(typeof(TenantRegistered), nameof(TenantRegistered))]
[JsonDerivedType(typeof(PolicyChanged), nameof(PolicyChanged))]
[JsonDerivedType(typeof(PartnerProfileChanged), nameof(PartnerProfileChanged))]
[JsonDerivedType(typeof(DestinationRegistered), nameof(DestinationRegistered))]
[JsonDerivedType(typeof(DestinationRemoved), nameof(DestinationRemoved))]
[JsonDerivedType(typeof(DestinationPaused), nameof(DestinationPaused))]
[JsonDerivedType(typeof(DestinationResumed), nameof(DestinationResumed))]
[JsonDerivedType(typeof(DestinationHastened), nameof(DestinationHastened))]
[JsonDerivedType(typeof(ServiceGranted), nameof(ServiceGranted))]
[JsonDerivedType(typeof(ServiceEnded), nameof(ServiceEnded))]
[JsonDerivedType(typeof(DeviceAssigned), nameof(DeviceAssigned))]
[JsonDerivedType(typeof(DeviceReturned), nameof(DeviceReturned))]
[JsonDerivedType(typeof(StaffGranted), nameof(StaffGranted))]
[JsonDerivedType(typeof(StaffRevoked), nameof(StaffRevoked))]
public abstract record RegistryEvent
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, RegistryJson.Default.RegistryEvent);

    public static RegistryEvent FromBytes(ReadOnlySpan<byte> bytes) =>
        JsonSerializer.Deserialize(bytes, RegistryJson.Default.RegistryEvent) ?? throw new InvalidOperationException("A registry event's body is null.");
}

public sealed record TenantRegistered(string Name) : RegistryEvent;

public sealed record PolicyChanged(ServiceGate ServiceGate, SortedDictionary<string, JournalingPolicy> Journaling, int? HeldHoursMax = null) : RegistryEvent
{
    /// <summary>Null in events written before there were escalations.</summary>
    public EscalationSetting? Escalation { get; init; }

    /// <summary>Null when everything is kept, and in events written before there was retention.</summary>
    public int? RetentionDays { get; init; }
}

/// <summary>The escalation policy as it stands in an event.</summary>
public sealed record EscalationSetting(int AlarmMinutes, int DestinationMinutes, int SilentMinutes, SortedDictionary<string, string> Mail, string? Webhook)
{
    public static EscalationSetting Of(EscalationPolicy policy) =>
        new(policy.AlarmMinutes, policy.DestinationMinutes, policy.SilentMinutes, new(policy.Mail.ToDictionary(), StringComparer.Ordinal), policy.Webhook);

    public EscalationPolicy ToPolicy() => new(AlarmMinutes, DestinationMinutes, SilentMinutes, Mail.ToImmutableSortedDictionary(StringComparer.Ordinal), Webhook);
}

public sealed record PartnerProfileChanged(string ClientId, string Vendor, string VkpId, bool Removed) : RegistryEvent
{
    /// <summary>Null when it may look nobody up, and in events written before there were look-ups.</summary>
    public string? ServiceCodes { get; init; }

    /// <summary>Null when the client has no rate of its own, and in events written before there were rates.</summary>
    public int? RequestsPerSecond { get; init; }

    /// <summary>The names of its secrets, never a secret; null when it does not sign, and in events written before clients could.</summary>
    public string? WebhookSecrets { get; init; }

    /// <summary>Null when it may report events of every service, and in events written before that could be said.</summary>
    public string? Reports { get; init; }

    /// <summary>Null when nobody is named who answers, and in events written before that could be said.</summary>
    public string? ResponseCentre { get; init; }
}

public sealed record DestinationRegistered(string Name, string Adapter, string Address) : RegistryEvent
{
    /// <summary>Null in events written before destinations had settings.</summary>
    public SortedDictionary<string, string>? Settings { get; init; }
}

public sealed record DestinationRemoved(string Name) : RegistryEvent;

public sealed record DestinationPaused(string Name, string Reason) : RegistryEvent;

public sealed record DestinationResumed(string Name) : RegistryEvent;

/// <summary>A person has said that it is well again, and that what waits for its next try there is to be tried now.</summary>
/// <param name="Waiting">Deliveries that waited for their next try.</param>
public sealed record DestinationHastened(string Name, int Waiting, string Reason) : RegistryEvent;

public sealed record ServiceGranted(string PatientStream, string ServiceCode, DateTimeOffset From) : RegistryEvent;

public sealed record ServiceEnded(string PatientStream, string ServiceCode, DateTimeOffset At) : RegistryEvent;

public sealed record DeviceAssigned(string DeviceKey, string PatientStream, DateTimeOffset From) : RegistryEvent;

public sealed record DeviceReturned(string DeviceKey, string PatientStream, DateTimeOffset At) : RegistryEvent;

/// <param name="Until">Null in a grant without an end.</param>
public sealed record StaffGranted(string Issuer, string Subject, StaffRole Role, DateTimeOffset? Until) : RegistryEvent;

public sealed record StaffRevoked(string Issuer, string Subject, StaffRole Role) : RegistryEvent;

[JsonSourceGenerationOptions(UseStringEnumConverter = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RegistryEvent))]
internal sealed partial class RegistryJson : JsonSerializerContext;
