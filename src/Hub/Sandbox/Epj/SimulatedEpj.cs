using Microsoft.AspNetCore.Builder;

namespace Vkp.Sandbox;

/// <param name="JournalFolder">Holds the journal file; the patients' identifiers are in it in plain text, as in any journal system.</param>
/// <param name="Port">0 takes a free one.</param>
/// <param name="Deduplicates">False makes a receiver that journals every repeat again: for showing what doubling looks like.</param>
public sealed record SimulatedEpjOptions(string JournalFolder, int Port = 0, bool Deduplicates = true)
{
    /// <summary>One of <see cref="EpjKind.All"/>.</summary>
    public string Kind { get; init; } = EpjKind.FhirMessaging;
}

/// <summary>
/// A journal system of one kind: it takes messages as that kind does, answers as one, keeps its journal through restart and kill -9, and
/// misbehaves on demand. It is another party: it reads and writes without the hub's code for that.
/// </summary>
public sealed class SimulatedEpj : IAsyncDisposable
{
    private const int BodyBytesMax = 4 * 1024 * 1024;

    private readonly TimeProvider time;
    private readonly IEpjDialect dialect;
    private readonly Receiver receiver;
    private readonly Faults faults = new();
    private readonly CancellationTokenSource stopping = new();
    private LoopbackServer? server;

    private SimulatedEpj(SimulatedEpjOptions options, TimeProvider time)
    {
        this.time = time;
        dialect = EpjKind.Dialect(options.Kind);
        receiver = new Receiver(options.JournalFolder, options.Deduplicates && dialect.Deduplicates, dialect, time);
    }

    public Uri BaseAddress => server?.BaseAddress ?? throw new InvalidOperationException("The simulated EPJ is not started.");

    /// <summary>The base address an adapter of this kind is given.</summary>
    public Uri AdapterBase => new(BaseAddress, dialect.Base);

    /// <summary>The base a FHIR adapter is given.</summary>
    public Uri FhirBase => new(BaseAddress, "fhir/");

    /// <summary>The journal, oldest first.</summary>
    public IReadOnlyList<JournalEntry> Journal => receiver.Entries;

    public EpjCount Count => receiver.Count;

    public EpjCounters Counters => receiver.Counters;

    /// <exception cref="SandboxException">VKP-951: the journal file is broken. VKP-952: another process has it. VKP-953: no such kind.</exception>
    public static async Task<SimulatedEpj> StartAsync(SimulatedEpjOptions options, TimeProvider time, CancellationToken ct)
    {
        var epj = new SimulatedEpj(options, time);
        try
        {
            epj.server = await LoopbackServer.StartAsync(options.Port, BodyBytesMax, epj.Map, ct);
            return epj;
        }
        catch
        {
            await epj.DisposeAsync();
            throw;
        }
    }

    /// <summary>Replaces the rules; none makes it behave.</summary>
    public void SetFaults(params IEnumerable<FaultRule> rules) => faults.Replace(rules);

    /// <summary>Completes when the journal holds at least this many entries.</summary>
    public Task WaitForJournaledAsync(int entries, CancellationToken ct) => receiver.Journaled.ReachAsync(entries, ct);

    /// <summary>Completes when at least this many requests have come since the start, whatever became of them.</summary>
    public Task WaitForRequestsAsync(int requests, CancellationToken ct) => receiver.Requests.ReachAsync(requests, ct);

    public async ValueTask DisposeAsync()
    {
        // Requests told to hang are let go first, or the server would wait for them.
        await stopping.CancelAsync();
        if (server is not null) await server.DisposeAsync();
        await receiver.DisposeAsync();
        stopping.Dispose();
    }

    private void Map(WebApplication app)
    {
        dialect.Map(app, new Desk(dialect, receiver, faults, time, stopping.Token));
        new ControlRoutes(receiver, faults).Map(app);
    }
}
