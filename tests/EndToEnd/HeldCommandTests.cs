using System.Text;
using System.Text.Json.Nodes;
using Vkp.Sandbox;

namespace Vkp.EndToEnd.Tests;

/// <summary>`vkp held`, as a person at the keyboard uses it on a hub that runs.</summary>
[Collection(CommandsOnOneHub.Name)]
public sealed class HeldCommandTests(SandboxHub sandbox)
{
    [Fact]
    public async Task What_is_held_is_seen_in_groups_looked_at_released_and_rejected_from_the_command_line()
    {
        var (first, second) = (await HoldAsync("a"), await HoldAsync("b"));

        var (_, groups) = await sandbox.RunAsync("held", "groups");
        Assert.Matches(@"VKP-285 +888134574 +2 .*measurement\.recorded 2", groups);

        var (shown, why) = await sandbox.RunAsync("held", "show", first);
        Assert.Equal(0, shown);
        Assert.Contains("VKP-285", why, StringComparison.Ordinal);
        Assert.Contains("rejected back to its vendor at", why, StringComparison.Ordinal);

        // A doubt is a person's to settle: released blindly it stays, with what to do.
        var (blind, refused) = await sandbox.RunAsync("held", "release", first);
        Assert.Equal(65, blind);
        Assert.Contains("--confirm", refused, StringComparison.Ordinal);

        var (released, goesOn) = await sandbox.RunAsync("held", "release", first, "--confirm");
        Assert.True(released == 0, goesOn);
        var (rejected, back) = await sandbox.RunAsync("held", "reject", second);
        Assert.True(rejected == 0, back);

        var (_, left) = await sandbox.RunAsync("held");
        Assert.Equal("Nothing is held.", left.Trim());
        var (gone, notHeld) = await sandbox.RunAsync("held", "show", second);
        Assert.Equal(65, gone);
        Assert.StartsWith("VKP-121", notHeld, StringComparison.Ordinal);
    }

    /// <summary>A blood glucose that looks like the other unit.</summary>
    /// <returns>The message id that the hub answered with.</returns>
    private async Task<string> HoldAsync(string name)
    {
        var sample = SampleEvents.Find("dignio-style", "measurement.recorded.glucose")!;
        var payload = JsonNode.Parse(FreshSample.Of(sample, TimeProvider.System.GetUtcNow(), Guid.CreateVersion7()).Span)!;
        payload["data"]!["values"] = new JsonArray(new JsonObject { ["name"] = "glucose", ["value"] = 97, ["unit"] = "mmol/L" });
        var (sent, answer) = await sandbox.RunAsync("send", sandbox.Write($"{name}.json", Encoding.UTF8.GetBytes(payload.ToJsonString())), "--as", "dignio-demo", "--json");
        Assert.True(sent == 0, answer);
        var told = JsonNode.Parse((string)JsonNode.Parse(answer)!["answer"]!)!;
        Assert.Equal("held", (string?)told["state"]);
        return (string)told["messageId"]!;
    }
}
