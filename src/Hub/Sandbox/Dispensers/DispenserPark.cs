using System.Threading.Channels;

namespace Vkp.Sandbox;

/// <param name="Seed">Another seed gives another day.</param>
/// <param name="Length">How much simulated time is played; default the last 24 hours.</param>
/// <param name="Duration">How long playing it takes; zero sends without any pause.</param>
public sealed record DispenserParkOptions(
    DispenserSite Site,
    int Seed = 1,
    TimeSpan? Length = null,
    TimeSpan? Duration = null,
    IReadOnlyList<SyntheticPerson>? People = null);

/// <summary>What a run came to. `Refused` holds the reports of events the hub did not take.</summary>
public sealed record ParkSummary(int Sent, int Accepted, IReadOnlyList<SendReport> Refused, IReadOnlyDictionary<string, int> ByType);

/// <summary>
/// A municipality's dispensers and their cloud. Plays the hours before now in some minutes, over real HTTP: the events
/// of one dispenser in order of sending, the dispensers beside each other.
/// </summary>
public sealed class DispenserPark(DispenserParkOptions options, VendorSender sender, TimeProvider time)
{
    private readonly TimeSpan length = options.Length ?? TimeSpan.FromHours(24);
    private readonly TimeSpan duration = options.Duration ?? TimeSpan.FromMinutes(3);

    /// <summary>The events of the stretch that ends at <paramref name="now"/>, in order of sending.</summary>
    public IReadOnlyList<DispenserEvent> Plan(DateTimeOffset now) =>
        DispenserDay.Between(options.Seed, options.Site, options.People ?? SyntheticPeople.WithDispenser, now - length, now);

    /// <summary>Plays the hours before now. An event's own times stay the simulated ones, so all of them lie in the past.</summary>
    /// <param name="answered">Called once for each event, one call at a time.</param>
    public Task<ParkSummary> RunAsync(Action<SendReport>? answered, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return RunAsync(Plan(now), now - length, answered, ct);
    }

    private async Task<ParkSummary> RunAsync(IReadOnlyList<DispenserEvent> events, DateTimeOffset from, Action<SendReport>? answered, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var reports = Channel.CreateUnbounded<SendReport>();
        var dispensers = events
            .GroupBy(happened => happened.DeviceSerial, StringComparer.Ordinal)
            .Select(async own =>
            {
                foreach (var happened in own)
                {
                    var due = duration * ((happened.SendAt - from) / length);
                    var wait = due - time.GetElapsedTime(started);
                    if (wait > TimeSpan.Zero) await Task.Delay(wait, time, ct);
                    await reports.Writer.WriteAsync(await sender.SendAsync(happened, ct), ct);
                }
            })
            .ToArray();
        var all = Task.WhenAll(dispensers);
        _ = all.ContinueWith(
            ended => reports.Writer.TryComplete(ended.Exception?.InnerException),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

        var answers = new List<SendReport>(events.Count);
        await foreach (var report in reports.Reader.ReadAllAsync(ct))
        {
            answers.Add(report);
            answered?.Invoke(report);
        }

        await all;
        return new ParkSummary(
            answers.Count,
            answers.Count(report => report.IsAccepted),
            [.. answers.Where(report => !report.IsAccepted)],
            answers.CountBy(report => report.EventType, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal));
    }
}
