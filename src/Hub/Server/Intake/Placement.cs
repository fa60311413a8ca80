using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Intake;

/// <summary>The kind of place a hub runs in. Test data never reaches a production journal.</summary>
public enum HubEnvironment
{
    Development,
    Test,
    Production,
}

/// <summary>Whether a translated message may go on, given what the municipality has registered. Pure.</summary>
public static class Placement
{
    /// <summary>Whose device it was at that time; null when the event names none, or it was nobody's.</summary>
    public static string? Holder(EventEnvelope envelope, RegistryState registry) =>
        envelope.Device is { } device ? registry.DeviceHolder(RegistryState.DeviceKey(device.System, device.Value), envelope.OccurredAt) : null;

    /// <param name="patientStream">The stream of the patient the message names; null when it names none.</param>
    /// <param name="isSynthetic">The patient's number is of a synthetic series.</param>
    /// <returns>The patient's stream, or the reason the message is held.</returns>
    public static (string? PatientStream, VkpError? Held) Decide(
        Translation.Translated message, string? patientStream, bool isSynthetic, RegistryState registry, HubEnvironment environment)
    {
        var envelope = message.Envelope;
        if (environment == HubEnvironment.Production && (envelope.IsTest || isSynthetic)) return (null, Errors.TestInProduction());

        var stream = patientStream;
        if (envelope.Device is { } device)
        {
            var key = RegistryState.DeviceKey(device.System, device.Value);
            if (Holder(envelope, registry) is not { } holder) return (null, Errors.UnknownDevice(key));
            if (stream is not null && stream != holder) return (null, Errors.DeviceOfAnother(key));
            stream = holder;
        }

        if (stream is null) return (null, Errors.NoPatient());
        if (registry.Policy.ServiceGate == ServiceGate.Registry && !registry.HasService(stream, message.ServiceCode, envelope.OccurredAt))
        {
            return (null, Errors.NoActiveService(message.ServiceCode));
        }

        return registry.Destinations.IsEmpty ? (null, Errors.NoDestination(registry.OrgNo)) : (stream, null);
    }
}
