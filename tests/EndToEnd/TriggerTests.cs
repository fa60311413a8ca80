using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Cli;
using Vkp.Cli.Vendor;
using Vkp.Hub.Faces;
using Vkp.Sandbox;

namespace Vkp.EndToEnd.Tests;

/// <summary>Every event of every vendor's catalogue, sent with one word to a real hub.</summary>
public sealed class TriggerTests(SandboxHub sandbox) : IClassFixture<SandboxHub>
{
    /// <summary>Device types and status codes of the alarm devices' protocol that mean something to the hub, one pair for each meaning.</summary>
    private static readonly string[] DeviceNumbers =
    [
        "0003-0010", "0004-0010", "0007-0010", "0005-0009", "0010-0050", "0010-0069", "0010-0119", "0010-0120", "0012-0003", "0012-0117", "0013-0003", "0044-0003",
        "0014-0076", "0014-0077", "0014-0021", "0015-0003", "0029-0003", "0051-0009", "0016-0009", "0017-0009", "0023-0009", "0025-0009", "0026-0009", "0047-0009",
        "0033-0009", "0034-0050", "0035-0118", "0043-0127", "0011-0081", "0011-0052", "0011-0064", "0011-0016", "0011-0014", "0011-0085", "0011-0125", "0011-0083",
        "0003-0014", "0003-0122", "0003-0102", "0003-0103", "0003-0062", "0003-0019", "0003-0088", "0003-0092", "0003-0093", "0003-0111",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Vendors => [.. VendorCatalog.All.Select(adapter => adapter.Info.Name)];

    [Theory]
    [MemberData(nameof(Vendors))]
    public void Every_event_of_every_catalogue_has_a_name_to_trigger_it_by(string vendor)
    {
        var adapter = VendorCatalog.Find(vendor)!;
        var made = Trigger.All.Where(trigger => trigger.Vendor == vendor).Select(trigger => KindOf(adapter, Create(trigger))).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(adapter.Kinds.Select(kind => kind.Name).Except(made, StringComparer.Ordinal));
        Assert.Empty(adapter.Kinds.SelectMany(kind => kind.OlderNames).Except(Trigger.All.Select(trigger => trigger.Name), StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Vendors))]
    public async Task Every_event_that_can_be_triggered_is_accepted_by_a_real_hub(string vendor)
    {
        var triggers = Trigger.All.Where(trigger => trigger.Vendor == vendor).Concat(vendor == "scaip" ? DeviceNumbers.Select(name => Trigger.Find($"scaip/{name}")) : []);
        foreach (var trigger in triggers)
        {
            var report = await SendCommand.PostAsync(sandbox.Directory, trigger.Name, DemoClient.OfVendor(vendor), Create(trigger), Ct);

            Assert.True(IsTaken(report), $"{trigger} was answered {report.Status} {report.Answer}");
        }
    }

    [Fact]
    public async Task A_name_nobody_has_and_a_name_that_several_have_say_what_to_do()
    {
        var (unknown, notKnown) = await sandbox.RunAsync("trigger", "dose.stolen");
        var (ambiguous, several) = await sandbox.RunAsync("trigger", "questionnaire.answered");
        var (listed, list) = await sandbox.RunAsync("trigger", "--json");

        Assert.Equal((64, 64, 0), (unknown, ambiguous, listed));
        Assert.StartsWith("VKP-915", notKnown, StringComparison.Ordinal);
        Assert.Contains("VKP-923", several, StringComparison.Ordinal);
        Assert.Contains("selfhelp-style/questionnaire.answered", several, StringComparison.Ordinal);
        Assert.Equal(Trigger.All.Count, JsonNode.Parse(list)!.AsArray().Count);
    }

    private static ReadOnlyMemory<byte> Create(Trigger trigger) =>
        trigger.Create(new DispenserSite("888134574"), SyntheticPeople.All[0], TimeProvider.System.GetUtcNow(), Guid.CreateVersion7(), alerts: null, series: null);

    private static string KindOf(IVendorAdapter adapter, ReadOnlyMemory<byte> body) => adapter.Translate(new VendorPayload(Single(adapter, body), TimeProvider.System.GetUtcNow())) switch
    {
        Translation.Translated translated => translated.Envelope.EventKind,
        Translation.NothingToJournal nothing => nothing.Envelope.EventKind,
        var other => throw new Xunit.Sdk.XunitException($"{adapter.Info.Name} made {other} of what it triggers itself"),
    };

    /// <summary>Measurements travel in a batch of one.</summary>
    private static ReadOnlyMemory<byte> Single(IVendorAdapter adapter, ReadOnlyMemory<byte> body) =>
        adapter.Info.Name == MeasurementFace.Vendor ? MeasurementBatch.Read(body).Entries[0].Resource : body;

    /// <summary>By what the answer's own form says: a device and a batch are answered 200 whatever became of the message.</summary>
    private static bool IsTaken(SendReport report) => report.IsAccepted
        && (!report.Answer.Contains("<snu>", StringComparison.Ordinal) || report.Answer.Contains("<snu>0</snu>", StringComparison.Ordinal))
        && (!report.Answer.Contains("batch-response", StringComparison.Ordinal) || report.Answer.Contains("\"status\":\"201\"", StringComparison.Ordinal))
        && !report.Answer.Contains("\"state\":\"held\"", StringComparison.Ordinal);
}
