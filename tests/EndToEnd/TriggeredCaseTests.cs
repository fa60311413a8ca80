using Vkp.Cli;
using Vkp.Cli.Admin;
using Vkp.Hub.Faces;
using Vkp.TestSupport;

namespace Vkp.EndToEnd.Tests;

/// <summary>On a hub of its own: an alarm that another test left open would take this one into its case.</summary>
public sealed class TriggeredCaseTests(SandboxHub sandbox) : IClassFixture<SandboxHub>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alarm_triggered_and_closed_under_one_word_is_one_note()
    {
        var (raised, answer) = await sandbox.RunAsync("trigger", "alarm.raised", "--case", "natt");
        var (closed, _) = await sandbox.RunAsync("trigger", "alarm-style/alarm.closed", "--case", "natt", "--json");

        Assert.True((raised, closed) == (0, 0), answer);
        using var admin = AdminClient.Connect(sandbox.Directory);
        var opened = await TraceAsync(admin, answer.Split("messages/")[1][..36], "settled");
        Assert.Equal("folded-into-case", opened.Reason);
    }

    private static Task<Hub.Trace.TraceAnswer> TraceAsync(AdminClient admin, string id, string state) =>
        Asking.UntilAsync(() => admin.GetAsync($"admin/trace/{id}", AdminJson.Default.TraceAnswer, Ct), found => found.State == state);
}
