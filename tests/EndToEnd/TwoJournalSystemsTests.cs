using Vkp.Cli;
using Vkp.Cli.Admin;
using Vkp.Cli.Up;
using Vkp.Cli.Vendor;
using Vkp.Hub.Faces;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests;

/// <summary>`vkp up --fetching-epj`: one journal system that is called, and one that is told and fetches; nothing else is to be installed for any of them.</summary>
public sealed class TwoJournalSystemsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(EpjKind.Subscribing)]
    [InlineData(EpjKind.PostgreSqlQueue)]
    public async Task A_message_is_journaled_when_the_one_that_is_called_and_the_one_that_is_told_both_have_it(string kind)
    {
        var directory = new DataDirectory(Directory.CreateTempSubdirectory("vkp-two-").FullName);
        var options = new LocalHubOptions(directory, Port: 0, new Progress<string>()) { FetchingEpj = kind };
        await using (var local = await LocalHub.StartAsync(options, Ct))
        {
            using var http = new HttpClient();
            var dose = TriggerEvents.Create("dose.dispensed", new DispenserSite(SandboxFile.OrgNo), SyntheticPeople.All[0], TimeProvider.System.GetUtcNow(), Guid.CreateVersion7())!;
            var sent = await local.SenderOf(DemoClient.Dispensers, http).SendAsync(dose, Ct);
            Assert.True(sent.IsAccepted, sent.Answer);

            await local.Fetching!.WaitForJournaledAsync(1, Ct);
            using var admin = new AdminClient(local.Running);
            var counts = await Asking.UntilAsync(() => admin.GetAsync("admin/status", AdminJson.Default.StatusReport, Ct), status => status.Municipalities.Single() is { Journaled: 1, Open: 0 });

            Assert.Equal(["epj", "epj-henter"], counts.Municipalities.Single().Destinations.Select(destination => destination.Name));
            Assert.Equal(Assert.Single(local.Epj.Journal).MessageHeaderId, Assert.Single(local.Fetching.Journal).MessageHeaderId);
        }

        // The next start finds what the first has made, and goes on with it.
        await using (var again = await LocalHub.StartAsync(options, Ct))
        {
            using var http = new HttpClient();
            var dose = TriggerEvents.Create("dose.dispensed", new DispenserSite(SandboxFile.OrgNo), SyntheticPeople.All[0], TimeProvider.System.GetUtcNow(), Guid.CreateVersion7())!;
            Assert.True((await again.SenderOf(DemoClient.Dispensers, http).SendAsync(dose, Ct)).IsAccepted);
            await again.Fetching!.WaitForJournaledAsync(2, Ct);
        }

        Directory.Delete(directory.Path, recursive: true);
    }
}
