using Vkp.Hub.Intake;
using Vkp.Hub.Privacy;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Replay;

/// <summary>Which messages are of a device stands in their bodies alone, so they are opened to be compared: for a machine to read, as in any replay, and shown to nobody.</summary>
public sealed class SelectedDevice(MessageHistory history, Vault vault)
{
    /// <summary>Those of the device; all when none is asked for. What cannot be read is of no device.</summary>
    public async Task<IReadOnlyList<ReplayedDelivery>> OnlyAsync(int tenant, string? device, IReadOnlyList<ReplayedDelivery> found, CancellationToken ct)
    {
        if (device is null || found.Count == 0) return found;
        var recorded = await history.ReadWithBodiesAsync(tenant, [.. found.Select(d => d.Position).Distinct()], ct);
        var bodies = await vault.OpenAsync(recorded, ct);
        var ofDevice = recorded.Where((_, i) => bodies[i] is { } body && MessageBody.FromBytes(body).Device?.Value == device).Select(e => e.Position).ToHashSet();
        return [.. found.Where(d => ofDevice.Contains(d.Position))];
    }
}
