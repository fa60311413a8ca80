using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vkp.Adapters;
using Vkp.Cli.SelfTest.Fetching;
using Vkp.Fhir;
using Vkp.Hub;
using Vkp.Hub.Delivery;
using Vkp.Hub.Outbound;
using Vkp.Hub.Registry;
using Vkp.Hub.SelfTest;
using Vkp.Sandbox;

namespace Vkp.Cli.SelfTest;

/// <summary>`vkp selftest epj`: what a journal system's interface can do, as a certificate.</summary>
public static class SelfTestCommand
{
    private static readonly Option<string> Patient = new("--patient") { Description = "A synthetic person the EPJ knows", DefaultValueFactory = _ => SyntheticPeople.All[0].NationalId };
    private static readonly Option<string> Stranger = new("--stranger") { Description = "A synthetic person it does not know", DefaultValueFactory = _ => SyntheticPeople.Stranger.NationalId };

    /// <summary>The only options in which a person's number may stand: she has to be invented.</summary>
    public static IReadOnlyList<Option> People { get; } = [Patient, Stranger];

    public static Command Create() => new("selftest", "Try the other party's interface and print what passed") { Epj(), VendorSelfTestCommand.Create() };

    private static Command Epj()
    {
        var adapter = new Option<string>("--adapter") { Description = $"One that is called: {string.Join(", ", EpjCatalog.All.Select(a => a.Info.Name))}. One that fetches: {string.Join(", ", FetchingCommand.Kinds)}", Required = true };
        var address = new Option<string?>("--address") { Description = "Of one that is called: the interface's base address" };
        var setting = new Option<string[]>("--setting") { Description = "name=value, as in the destination's settings, a secret as name=env:NAME; may be repeated", DefaultValueFactory = _ => [] };
        var fetching = new FetchingCommand();
        var command = new Command("epj", "Handshake, duplicates, order, lost answer, outage, refusal; exit code 2 when a check fails") { adapter, address, setting, Patient, Stranger };
        fetching.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var name = parsed.GetRequiredValue(adapter);
            if (FetchingCommand.Kinds.Contains(name, StringComparer.Ordinal))
                return Tell(await fetching.RunAsync(parsed, name, Person(parsed.GetRequiredValue(Patient)), Person(parsed.GetRequiredValue(Stranger)), ct), parsed.GetValue(Shared.Json));
            if (EpjKind.Queued.Contains(name, StringComparer.Ordinal)) throw CommandException.QueueNotTried(name);
            var known = EpjCatalog.Find(name) ?? throw new CommandException("VKP-919", $"No EPJ adapter is named '{name}'.", $"Known: {string.Join(", ", EpjCatalog.All.Select(a => a.Info.Name).Concat(FetchingCommand.Kinds))}.", 64);
            using var channel = new EpjChannel(OutboundPolicy.OfPerson, TimeProvider.System);
            using var broken = new BrokenLine(OutboundPolicy.OfPerson);
            var test = new EpjSelfTest(
                known, CommandException.Address(parsed.GetValue(address) ?? throw CommandException.SelfTestNeeds(name, fetches: false)), Settings(parsed.GetRequiredValue(setting)),
                Person(parsed.GetRequiredValue(Patient)), Person(parsed.GetRequiredValue(Stranger)), channel, broken, TimeProvider.System);
            return Tell(await test.RunAsync(Guid.NewGuid(), ct), parsed.GetValue(Shared.Json));
        });
        return command;
    }

    /// <returns>The exit code.</returns>
    private static int Tell(EpjCertificate certificate, bool asJson)
    {
        if (asJson) Console.WriteLine(JsonSerializer.Serialize(certificate, SelfTestJson.Default.EpjCertificate));
        else Print(certificate);
        return certificate.HasPassed ? 0 : 2;
    }

    private static void Print(EpjCertificate certificate)
    {
        Console.WriteLine($"VKP selvtest av {certificate.Adapter} (mottakerklasse {certificate.ReceiverClass}) på {certificate.Host}{(certificate.Destination is { } destination ? $", «{destination}»" : "")}");
        foreach (var check in certificate.Checks)
        {
            var result = check.Result switch { CheckResult.Passed => "bestått", CheckResult.Failed => "IKKE BESTÅTT", _ => "ikke aktuelt" };
            Console.WriteLine($"  {result,-14}  {check.Name,-12} {check.What}");
        }

        Console.WriteLine($"{(certificate.HasPassed ? "Bestått" : "IKKE BESTÅTT")}. Kjøring {certificate.Run}, {certificate.At:yyyy-MM-dd HH:mm:ss}Z.");
    }

    private static IReadOnlyDictionary<string, string> Settings(string[] given)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in given)
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            if (at < 1) throw new CommandException("VKP-920", "A setting is not 'name=value'.", "Write '--setting unit=test'.", 64);
            settings[pair[..at]] = pair[(at + 1)..];
        }

        // A key on a command line is seen by everybody on the machine: 'key=env:NAME' reads it where the hub would.
        return DestinationSettings.Resolve(settings, Secrets.Read);
    }

    /// <summary>Synthetic people only: the test writes in a journal.</summary>
    private static SourceIdentifier Person(string number) => NationalIdentityNumber.TryParse(number, out var parsed) && parsed.IsSynthetic
        ? new SourceIdentifier(parsed.System, parsed.Reveal())
        : throw new CommandException("VKP-921", "The number given for a person is not a synthetic identity number.", "Take a person of the Tenor or NHN test series.", 64);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EpjCertificate))]
internal sealed partial class SelfTestJson : JsonSerializerContext;
