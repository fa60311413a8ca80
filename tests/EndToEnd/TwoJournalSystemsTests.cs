using Vkp.Cli;
using Vkp.Cli.Admin;
using Vkp.Cli.Up;
using Vkp.Cli.Vendor;
using Vkp.Hub.Faces;
using Vkp.Sandbox;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests;

/// <summary>`vkp up --fetching-epj`: one journal system that is called, and one that is told and fetches.</summary>
public sealed class TwoJournalSystemsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_journaled_when_the_one_that_is_called_and_the_one_that_subscribes_both_have_it()
    {
        var directory = new DataDirectory(Directory.CreateTempSubdirectory("vkp-two-").FullName);
        await using (var local = await LocalHub.StartAsync(new LocalHubOptions(directory, Port: 0, new Progress<string>()) { FetchingEpj = EpjKind.Subscribing }, Ct))
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

        Directory.Delete(directory.Path, recursive: true);
    }
}
