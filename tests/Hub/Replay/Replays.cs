using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vkp.Hub.Faces;
using Vkp.Hub.Replay;
using Vkp.Hub.Tests.Journeys;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Replay;

/// <summary>Replays as an operator has them, over the administration's face.</summary>
internal static class Replays
{
    public const string Operator = "Kari";

    public static async Task<SignedReport> ReplayAsync(TestHub hub, ReplayRequest request)
    {
        var planned = await PlanAsync(hub, request);
        await ActAsync(hub, planned, "run");
        return await CompletedAsync(hub, planned);
    }

    /// <summary>Waits for its end, and reads what it came to.</summary>
    public static async Task<SignedReport> CompletedAsync(TestHub hub, ReplayStatus replay)
    {
        await UntilAsync(hub, replay, s => s.State == ReplayStates.Completed);
        using var answer = await SendAsync(hub, HttpMethod.Get, $"admin/replays/{replay.OrgNo}/{replay.ReplayId}/report");
        return JsonSerializer.Deserialize(await answer.Content.ReadAsStringAsync(), AdminJson.Default.SignedReport)!;
    }

    public static async Task<ReplayStatus> PlanAsync(TestHub hub, ReplayRequest request)
    {
        using var answer = await SendAsync(hub, HttpMethod.Post, "admin/replays", JsonSerializer.Serialize(request, AdminJson.Default.ReplayRequest));
        return await StatusOfAsync(answer);
    }

    public static async Task<ReplayStatus> ActAsync(TestHub hub, ReplayStatus replay, string act, string author = Operator)
    {
        using var answer = await SendAsync(hub, HttpMethod.Post, $"admin/replays/{replay.OrgNo}/{replay.ReplayId}/{act}", author: author);
        return await StatusOfAsync(answer);
    }

    public static async Task<ReplayStatus> StatusAsync(TestHub hub, ReplayStatus replay)
    {
        using var answer = await SendAsync(hub, HttpMethod.Get, $"admin/replays/{replay.OrgNo}/{replay.ReplayId}");
        return await StatusOfAsync(answer);
    }

    public static Task<ReplayStatus> UntilAsync(TestHub hub, ReplayStatus replay, Func<ReplayStatus, bool> wanted) => Asking.UntilAsync(() => StatusAsync(hub, replay), wanted);

    /// <summary>The code it is refused with.</summary>
    public static async Task<string?> RefusedAsync(TestHub hub, HttpMethod method, string path, string? body = null, string author = Operator)
    {
        using var answer = await SendAsync(hub, method, path, body, author);
        Assert.False(answer.IsSuccessStatusCode);
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"];
    }

    public static async Task<HttpResponseMessage> SendAsync(TestHub hub, HttpMethod method, string path, string? body = null, string author = Operator)
    {
        using var request = new HttpRequestMessage(method, new Uri(hub.Address, path));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TestHub.AdminToken);
        request.Headers.Add("X-Vkp-Author", author);
        return await hub.Http.SendAsync(request);
    }

    private static async Task<ReplayStatus> StatusOfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonSerializer.Deserialize(text, AdminJson.Default.ReplayStatus)!;
    }
}
