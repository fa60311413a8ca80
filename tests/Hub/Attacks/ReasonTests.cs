using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Hub.Tests.Journeys;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Attacks;

/// <summary>What a person writes beside an act is kept in plain text for years.</summary>
public sealed class ReasonTests
{
    [Fact]
    public async Task A_reason_that_could_hold_an_identity_number_is_refused_by_every_act_that_would_keep_it()
    {
        await using var hub = await TestHub.StartAsync();
        var number = SyntheticPeople.All[0].NationalId;
        var reason = $"Gjelder {number[..6]} {number[6..]}";
        var id = Guid.NewGuid();
        (string Path, string Body)[] acts =
        [
            .. ((string[])["retry", "withdraw", "restore", "confirm"]).Select(act => ($"admin/dead-letters/{act}?apply=true", $$"""{"orgNo":"{{TestHub.OrgNo}}","reason":"{{reason}}"}""")),
            ("admin/shred", $$"""{"orgNo":"{{TestHub.OrgNo}}","patient":{"value":"{{number}}"},"reason":"{{reason}}"}"""),
            ("admin/corrections", $$"""{"orgNo":"{{TestHub.OrgNo}}","act":"entered-in-error","messageId":"{{id}}","reason":"{{reason}}"}"""),
            ("admin/replays", $$"""{"orgNo":"{{TestHub.OrgNo}}","purpose":"{{reason}}"}"""),
            ($"admin/destinations/{TestHub.OrgNo}/epj/pause?reason={Uri.EscapeDataString(reason)}", ""),
            ($"admin/destinations/{TestHub.OrgNo}/epj/hasten?apply=true&reason={Uri.EscapeDataString(reason)}", ""),
        ];

        foreach (var (path, body) in acts)
        {
            using var answer = await hub.AdminAsync(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, "application/json"));
            var told = await answer.Content.ReadAsStringAsync();
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.StatusCode));
            Assert.Equal("VKP-109", (string?)JsonNode.Parse(told)!["errors"]![0]!["code"]);
            Assert.DoesNotContain(number[6..], told, StringComparison.Ordinal);
        }
    }
}
