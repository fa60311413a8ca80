using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>What the hub answered; no status when it did not, or gave no token.</summary>
internal sealed record HubAnswer(int? Status, JsonObject? Body)
{
    public bool IsOk => Status is >= 200 and < 300;

    /// <summary>The hub does not take what was said, as it was said; said otherwise, it may.</summary>
    public bool IsMisunderstood => Status == 400;

    /// <summary>There is nothing to fetch or answer any more, or it is answered otherwise: a person's to settle, not the asker's.</summary>
    public bool IsSettled => Status is 404 or 409 or 410;
}

/// <summary>The client's side of the hub's read side: each request with a token bound to its key, none while the hub wants to be left alone.</summary>
internal sealed class HubCalls(HubAccess access, TimeProvider time) : IDisposable
{
    private const string Scope = "nhn:jft/api";
    // As long as a hub that is well ever takes, and some; a call that is lost is made again soon.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // A token is renewed this long before it expires, so that none expires on its way.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(new ProvingHandler(_ => access.Client)) { Timeout = Patience };
    private AccessToken? token;

    /// <summary>When the hub has asked to be left alone until.</summary>
    public DateTimeOffset? NotBefore { get; private set; }

    /// <summary>The last thing that was not as it should be, since it was taken away.</summary>
    public string? Problem { get; set; }

    /// <summary>Whether the hub has asked to be left alone and that time is not over.</summary>
    public bool IsUnwanted => NotBefore > time.GetUtcNow();

    public Task<HubAnswer> GetAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    /// <param name="path">Below the hub, without the opening slash.</param>
    public async Task<HubAnswer> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken ct)
    {
        if (IsUnwanted) return new HubAnswer(null, null);
        try
        {
            if (token is null || token.ExpiresAt - Margin <= time.GetUtcNow()) token = await access.Client.FetchBoundTokenAsync(http, access.Issuer, [Scope], ct);
            using var request = new HttpRequestMessage(method, new Uri(access.Hub, path));
            if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/fhir+json");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
            using var answer = await http.SendAsync(request, ct);
            return Note(answer, new HubAnswer((int)answer.StatusCode, JsonReading.Object(await answer.Content.ReadAsByteArrayAsync(ct))));
        }
        catch (Exception lost) when (LaterAnswers.IsLost(lost, ct))
        {
            Problem = $"no answer from {access.Hub} or {access.Issuer} ({lost.GetType().Name})";
        }
        catch (JsonException)
        {
            Problem = $"{access.Issuer} does not answer as an issuer does";
        }
        catch (SandboxException refused)
        {
            Problem = refused.Message;
        }

        return new HubAnswer(null, null);
    }

    public void Dispose() => http.Dispose();

    private HubAnswer Note(HttpResponseMessage answer, HubAnswer read)
    {
        if (read.IsOk) return read;

        Problem = $"{read.Status} {Said(read.Body)}".TrimEnd();
        // An issuer that was started anew has other keys, and what it gave before is good no more.
        if (read.Status == 401) token = null;
        if (read.Status is 429 or 503 && LaterAnswers.WaitAsked(answer, time) is { } wait) NotBefore = time.GetUtcNow() + wait;
        return read;
    }

    /// <summary>Code and text of an OperationOutcome's first issue.</summary>
    private static string Said(JsonObject? outcome)
    {
        var details = outcome?.Objects("issue").FirstOrDefault()?["details"] as JsonObject;
        return $"{details?.Objects("coding").FirstOrDefault()?.Text("code")} {details?.Text("text")}".Trim();
    }
}
