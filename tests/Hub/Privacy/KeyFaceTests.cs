using System.Text.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Privacy;
using Vkp.Hub.Tests.Journeys;

namespace Vkp.Hub.Tests.Privacy;

/// <summary>Keys changed while messages come, through the administration.</summary>
public sealed class KeyFaceTests
{
    [Fact]
    public async Task The_master_key_and_a_municipalitys_key_are_changed_while_messages_come_and_every_one_is_journaled()
    {
        await using var hub = await TestHub.StartAsync();
        using var first = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.UntilAsync(s => s is { Journaled: 1, Open: 0 });
        var old = hub.ReadMasterKeys();

        await hub.UseMasterKeysAsync($"{MasterKey.NewText()}\n{old}");
        Assert.All(await AskAsync(hub, HttpMethod.Get, "admin/keys"), s => Assert.Equal((0, 2), (s.UnderMaster, s.UnderOtherMasters)));
        var posting = Task.WhenAll(Enumerable.Range(0, 20).Select(_ => hub.PostAsync(TestHub.Event("dose.dispensed"))));
        var standings = await AskAsync(hub, HttpMethod.Post, "admin/keys/master/rewrap");
        Assert.All(standings, s => Assert.Equal((2, 0), (s.UnderMaster, s.UnderOtherMasters)));
        var rotated = Assert.Single(await AskAsync(hub, HttpMethod.Post, $"admin/keys/{TestHub.OrgNo}/rotate"));
        Assert.Equal((2, 0), (rotated.Generation, rotated.StreamKeysUnderOlder));
        foreach (var answer in await posting)
        {
            Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
            answer.Dispose();
        }

        await hub.UntilAsync(s => s is { Journaled: 21, Open: 0 });
        await hub.UseMasterKeysAsync(hub.ReadMasterKeys().Split('\n')[0]);
        using var last = await hub.PostAsync(TestHub.Event("dose.dispensed"));
        await hub.UntilAsync(s => s is { Journaled: 22, Open: 0 });
    }

    private static async Task<IReadOnlyList<KeyStanding>> AskAsync(TestHub hub, HttpMethod method, string path)
    {
        using var answer = await hub.AdminAsync(method, path);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, AdminJson.Default.IReadOnlyListKeyStanding)!;
    }
}
