using Vkp.Adapters.Envelope;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>The device's own word that it is well again. Nothing for a journal, but what was open because of it is over.</summary>
internal static class DeviceConditions
{
    public static EventRule Over(params IReadOnlyList<string> conditions) => new(NeedsPatient: false, source => () => new Outcome.Nothing("technical")
    {
        EndsIds = source.Envelope.Device is { } device ? [.. conditions.Select(condition => Dispenser.ConditionId(condition, device.Value))] : [],
    });
}
