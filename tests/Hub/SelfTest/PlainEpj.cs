using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.SelfTest;

/// <summary>The one thing that is wrong with a journal system.</summary>
public enum EpjFault
{
    None,
    NewReferenceEachTime,
    GivesUpLostAnswers,
    RejectsRepeats,
    AsksOnInAnOutage,
    ForgetsWhatAnOutageHid,
    LatestFirst,
    TakesStrangers,
    LeavesStrangers,
    RejectsInItsOwnWords,
    SignsForAnotherAddress,
}

/// <summary>
/// A journal system that lists Compositions, journals each once under a reference of its own, and tells the hub with that reference, as simply as can be. It is wrong
/// in the one way it is told to be.
/// </summary>
internal sealed class PlainEpj : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(30);

    private readonly Uri hub;
    private readonly Uri issuer;
    private readonly DevelopmentClient client;
    private readonly EpjFault fault;
    private readonly HttpClient http;
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, int> journal = new(StringComparer.Ordinal);
    private readonly HashSet<string> done = new(StringComparer.Ordinal);
    private readonly Task running;
    private DateTimeOffset notBefore;
    private string? token;

    public PlainEpj(Uri hub, Uri issuer, DevelopmentClient client, EpjFault fault)
    {
        (this.hub, this.issuer, this.client, this.fault) = (hub, issuer, client, fault);
        http = new HttpClient(new ProvingHandler(_ => client));
        running = LookAgainAndAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        http.Dispose();
        stopping.Dispose();
        if (running.IsFaulted) await running;
    }

    private async Task LookAgainAndAgainAsync()
    {
        using var clock = new PeriodicTimer(Pace);
        while (await clock.WaitForNextTickAsync(stopping.Token))
        {
            if (TimeProvider.System.GetUtcNow() >= notBefore) await LookAsync();
        }
    }

    private async Task LookAsync()
    {
        if (await CallAsync(HttpMethod.Get, "v1/Composition?_count=200", null) is not { IsSuccessStatusCode: true } list) return;
        using (list)
        {
            var documents = JsonNode.Parse(await list.Content.ReadAsStringAsync(stopping.Token))!["entry"]?.AsArray().Select(entry => entry!["resource"]!).ToList() ?? [];
            var open = documents.Where(document => !done.Contains((string)document["id"]!)).ToList();
            if (fault == EpjFault.LatestFirst) open.Reverse();
            foreach (var document in open) await TakeAsync((string)document["id"]!, (string)document["subject"]!["identifier"]!["value"]!);
        }
    }

    private async Task TakeAsync(string id, string patient)
    {
        if (patient == SyntheticPeople.Stranger.NationalId && fault != EpjFault.TakesStrangers)
        {
            if (fault != EpjFault.LeavesStrangers) await TellAsync(id, "rejected", "reason", "valueCode", fault == EpjFault.RejectsInItsOwnWords ? "kjenner-ikke" : "patient-unknown");
            return;
        }

        var isRepeat = journal.ContainsKey(id);
        if (!isRepeat || fault == EpjFault.NewReferenceEachTime) journal[id] = journal.Values.Append(0).Max() + 1;
        if (isRepeat && fault == EpjFault.RejectsRepeats) await TellAsync(id, "rejected", "reason", "valueCode", "duplicate");
        else await TellAsync(id, "acknowledged", "reference", "valueString", $"{journal[id]}");
    }

    private async Task TellAsync(string id, string what, string name, string type, string value)
    {
        if (fault == EpjFault.GivesUpLostAnswers) done.Add(id);
        var said = new JsonObject { ["resourceType"] = "Parameters", ["parameter"] = new JsonArray(new JsonObject { ["name"] = name, [type] = value }) };
        using var answer = await CallAsync(HttpMethod.Post, $"v1/Composition/{id}/$journaling-{what}", said);
        if (answer is { IsSuccessStatusCode: true } || (int?)answer?.StatusCode is 409) done.Add(id);
    }

    /// <summary>Null when nobody answered, or nobody is to be asked now.</summary>
    private async Task<HttpResponseMessage?> CallAsync(HttpMethod method, string path, JsonObject? body)
    {
        if (TimeProvider.System.GetUtcNow() < notBefore) return null;
        try
        {
            token ??= (await client.FetchBoundTokenAsync(http, issuer, ["nhn:jft/api"], stopping.Token)).Value;
            using var request = new HttpRequestMessage(method, new Uri(hub, path));
            if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/fhir+json");
            Sign(request);
            var answer = await http.SendAsync(request, stopping.Token);
            if ((int)answer.StatusCode == 503 && fault == EpjFault.ForgetsWhatAnOutageHid) stopping.Cancel();
            if ((int)answer.StatusCode == 503 && fault != EpjFault.AsksOnInAnOutage) notBefore = TimeProvider.System.GetUtcNow() + (answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero);
            return answer;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private void Sign(HttpRequestMessage request)
    {
        if (fault != EpjFault.SignsForAnotherAddress)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return;
        }

        request.Headers.TryAddWithoutValidation("Authorization", $"DPoP {token}");
        request.Headers.Add("DPoP", client.BuildProof(request.Method.Method, new Uri("http://127.0.0.1:1/" + request.RequestUri!.AbsolutePath.TrimStart('/')), token!));
    }
}
