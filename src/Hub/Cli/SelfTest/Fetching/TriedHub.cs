using Vkp.Cli.Admin;
using Vkp.Hub.Faces;
using Vkp.Hub.Projections;
using Vkp.Hub.Trace;
using Vkp.Sandbox;

namespace Vkp.Cli.SelfTest.Fetching;

/// <summary>The hub of a self-test: takes its messages as it takes any vendor's, and says where they are.</summary>
/// <param name="send">Posts a Composition on the national interface.</param>
/// <param name="destination">The municipality's name for the journal system that is tried.</param>
public sealed class TriedHub(AdminClient admin, Func<ReadOnlyMemory<byte>, CancellationToken, Task<SendReport>> send, string destination)
{
    public string Destination => destination;

    /// <returns>The message's id.</returns>
    /// <exception cref="CommandException">VKP-945: the hub does not take it.</exception>
    public async Task<Guid> SendAsync(ReadOnlyMemory<byte> note, CancellationToken ct)
    {
        var report = await send(note, ct);
        return report.IsAccepted && report.Location?.OriginalString.Split('/') is [.., var id, "$status"] && Guid.TryParse(id, out var message)
            ? message
            : throw CommandException.SelfTestRefused((int?)report.Status, report.Answer);
    }

    /// <summary>Whether the journal system has a FHIR Subscription that stands: it is told of nothing that was offered before.</summary>
    public async Task<bool> IsSubscribedAsync(CancellationToken ct)
    {
        var status = await admin.GetAsync("admin/status", AdminJson.Default.StatusReport, ct);
        return status.Municipalities.SelectMany(municipality => municipality.Subscribers).Any(subscriber => subscriber.Destination == destination && subscriber.Status == "active");
    }

    public async Task<HubWord> AskAsync(Guid message, CancellationToken ct)
    {
        TraceAnswer told;
        try
        {
            told = await admin.GetAsync($"admin/trace/{message}", AdminJson.Default.TraceAnswer, ct);
        }
        catch (CommandException unknown) when (unknown.ExitCode == 66)
        {
            // Stored, and not yet in the table that is asked.
            return new HubWord(message, MessageStates.Registered, Reason: null, There: null);
        }

        return new HubWord(message, told.State, told.Reason, told.Deliveries.FirstOrDefault(delivery => delivery.Destination == destination)?.State);
    }
}
