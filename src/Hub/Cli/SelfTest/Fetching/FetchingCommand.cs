using System.CommandLine;
using Vkp.Adapters;
using Vkp.Cli.Admin;
using Vkp.Cli.Vendor;
using Vkp.Hub.Faces;
using Vkp.Hub.SelfTest;
using Vkp.Sandbox;

namespace Vkp.Cli.SelfTest.Fetching;

/// <summary>`vkp selftest epj` for journal systems that fetch: against the hub that `vkp up` runs.</summary>
internal sealed class FetchingCommand
{
    private readonly Option<string?> destination = new("--destination") { Description = "Of one that fetches: its name in the municipality's file" };
    private readonly Option<int> wait = new("--wait") { Description = "Of one that fetches: seconds it has for each thing it is to do", DefaultValueFactory = _ => (int)FetchingPace.Usual.Wait.TotalSeconds };

    /// <summary>Both are destinations with the adapter `jft-pull`; how they learn that there is something makes no difference here.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [EpjKind.Pulling, EpjKind.Subscribing];

    public void AddTo(Command command)
    {
        command.Add(destination);
        command.Add(wait);
    }

    public async Task<EpjCertificate> RunAsync(ParseResult parsed, string kind, SourceIdentifier patient, SourceIdentifier stranger, CancellationToken ct)
    {
        var name = parsed.GetValue(destination) ?? throw CommandException.SelfTestNeeds(kind, fetches: true);
        var directory = Shared.DirectoryOf(parsed);
        var running = directory.Find() ?? throw CommandException.NoHub(directory.Path);
        if (running is not { SelfTest: { } address, OrgNo: { } orgNo }) throw CommandException.NoSandbox();

        using var admin = AdminClient.Connect(directory);
        var status = await admin.GetAsync("admin/status", AdminJson.Default.StatusReport, ct);
        var fetching = status.Municipalities.Where(municipality => municipality.OrgNo == orgNo)
            .SelectMany(municipality => municipality.Destinations).Where(known => known.Adapter == EpjKind.Pulling).Select(known => known.Name).ToList();
        if (!fetching.Contains(name, StringComparer.Ordinal)) throw CommandException.NotFetching(name, fetching);

        await using var door = await FetchDoor.StartAsync(address.Port, running.Hub, TimeProvider.System, ct);
        Console.Error.WriteLine($"Sett journalsystemets adresse til knutepunktet til {door.Address} så lenge selvtesten varer (point the journal system at that address while this runs).");
        var hub = new TriedHub(admin, (note, cancel) => SendCommand.PostAsync(directory, "selftest", DemoClient.ResponseCentre, note, cancel), name);
        var pace = FetchingPace.Usual with { Wait = TimeSpan.FromSeconds(Math.Clamp(parsed.GetValue(wait), 1, 3600)) };
        return await new FetchingSelfTest(kind, hub, door, patient, stranger, pace, TimeProvider.System, line => Console.Error.WriteLine("  " + line)).RunAsync(Guid.NewGuid(), ct);
    }
}
