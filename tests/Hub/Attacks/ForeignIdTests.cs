using System.Net;
using System.Text.Json.Nodes;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Tests.Staff;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>Somebody with every role in her own municipality, who has learnt the ids of another's: under her own municipality's address there is nothing by that id, and nothing happens to it.</summary>
public sealed class ForeignIdTests(StaffHub staff) : IClassFixture<StaffHub>
{
    private const string Mine = TestHub.OtherOrgNo, Theirs = TestHub.OrgNo;

    [Fact]
    public async Task An_id_of_another_municipality_is_nobodys_whatever_is_done_with_it()
    {
        var message = await MessageAsync();
        var replay = await IdAsync(StaffHub.Actor, "admin/replays", $$"""{"orgNo":"{{Theirs}}","purpose":"revisjon 2026"}""", "replayId");
        var handover = await IdAsync(StaffHub.Actor, "admin/handovers", $$"""{"orgNo":"{{Theirs}}","from":"epj","to":"ny","adapter":"fhir-messaging","address":"https://ny.example.org/","purpose":"nytt"}""", "handoverId");
        var glass = await IdAsync(StaffHub.Watcher, $"admin/break-glass/{Theirs}", """{"reason":"Alarm uten navn i natt"}""", "id");
        (HttpMethod Method, string Path, string? Body)[] tries =
        [
            .. ((string[])["run", "approve", "pause", "resume", "abort"]).Select(act => (HttpMethod.Post, $"admin/replays/{Mine}/{replay}/{act}", (string?)null)),
            (HttpMethod.Get, $"admin/replays/{Mine}/{replay}", null), (HttpMethod.Get, $"admin/replays/{Mine}/{replay}/report", null),
            (HttpMethod.Post, $"admin/handovers/{Mine}/{handover}/approve", null),
            (HttpMethod.Post, $"admin/break-glass/{Mine}/{glass}/close", null), (HttpMethod.Post, $"admin/break-glass/{Mine}/{glass}/review", """{"reason":"i orden, sett"}"""),
            (HttpMethod.Get, $"admin/held/{Mine}/{message}", null), (HttpMethod.Post, $"admin/held/{Mine}/{message}/release", null), (HttpMethod.Post, $"admin/held/{Mine}/{message}/reject", null),
            (HttpMethod.Get, $"admin/retranslation/{Mine}/{message}", null), (HttpMethod.Get, $"admin/trace/{message}", null),
            (HttpMethod.Post, "admin/corrections", $$"""{"orgNo":"{{Mine}}","act":"entered-in-error","messageId":"{{message}}","reason":"feil pasient"}"""),
        ];

        foreach (var (method, path, body) in tries)
        {
            var (status, said) = await staff.AskAsync(StaffHub.Elsewhere, method, path, body, "tilsyn: sak 26/114");
            Assert.Equal((path, 404), (path, status));
            Assert.DoesNotContain(Theirs, said?.ToJsonString() ?? "", StringComparison.Ordinal);
        }

        Assert.Equal("planned", (string?)(await staff.AskAsync(StaffHub.Watcher, HttpMethod.Get, $"admin/replays/{Theirs}/{replay}")).Body!["state"]);
        Assert.Equal("open", (string?)(await staff.AskAsync(StaffHub.Watcher, HttpMethod.Get, $"admin/break-glass/{Theirs}")).Body!.AsArray().Single(g => (string?)g!["id"] == glass)!["state"]);
        Assert.Equal(1, (await staff.Hub.StatusAsync(Theirs)).Accepted);
    }

    private async Task<string> MessageAsync()
    {
        using var posted = await staff.Hub.PostAsync(TestHub.Event("dose.dispensed"));
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        await staff.Hub.UntilAsync(s => s.Journaled == 1);
        return (string)JsonNode.Parse(await posted.Content.ReadAsStringAsync())!["messageId"]!;
    }

    private async Task<string> IdAsync(string subject, string path, string body, string name)
    {
        var (status, said) = await staff.AskAsync(subject, HttpMethod.Post, path, body);
        Assert.True(status == 200, $"{path}: {said}");
        return (string)said![name]!;
    }
}
