using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Vkp.Hub.Staff;

namespace Vkp.Cli.Admin;

/// <summary>The hub's administration, as every command but `up` meets it: over HTTP, never the database.</summary>
public sealed class AdminClient : IDisposable
{
    private readonly HttpClient http;
    private readonly Uri hub;

    private AdminClient(Uri hub, string token)
    {
        this.hub = hub;
        http = new HttpClient { BaseAddress = hub, Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // Heard with the machine's token only: whoever has signed in is known by that.
        http.DefaultRequestHeaders.Add("X-Vkp-Author", Environment.UserName);
    }

    /// <summary>As the machine itself.</summary>
    public AdminClient(RunningHub running)
        : this(running.Hub, running.AdminToken ?? throw CommandException.NotSignedIn())
    {
    }

    /// <summary>The hub on this directory, or the one signed in to, as who has signed in or else as the machine; or a fault that says what to do.</summary>
    /// <param name="purpose">Why content is opened, `CODE: TEXT`; null = none is.</param>
    public static AdminClient Connect(DataDirectory directory, string? purpose = null)
    {
        var (running, signIn) = (directory.Find(), directory.FindSignIn());
        // Never the machine in a person's place: she would act without a name, and with rights she does not have.
        if (signIn is not null && signIn.ExpiresAt <= TimeProvider.System.GetUtcNow()) throw CommandException.SignInOver();
        var client = signIn is null
            ? new AdminClient(running ?? throw CommandException.NoHub(directory.Path))
            : new AdminClient(signIn.Hub ?? running?.Hub ?? throw CommandException.NoHub(directory.Path), signIn.Token);
        // Encoded, because a header is no place for æ, ø and å.
        if (!string.IsNullOrWhiteSpace(purpose)) client.http.DefaultRequestHeaders.Add(Purpose.Header, Uri.EscapeDataString(purpose));
        return client;
    }

    public void Dispose() => http.Dispose();

    public static HttpContent Json<T>(T value, JsonTypeInfo<T> type) => new StringContent(JsonSerializer.Serialize(value, type), Encoding.UTF8, "application/json");

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) => await SendAsync(HttpMethod.Get, path, null, type, ct);

    public async Task<T> PostAsync<T>(string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken ct) => await SendAsync(HttpMethod.Post, path, content, type, ct);

    /// <summary>The whole answer as it stands.</summary>
    public Task<string> GetTextAsync(string path, CancellationToken ct) => TextAsync(new HttpRequestMessage(HttpMethod.Get, path), ct);

    /// <summary>The whole answer as it stands.</summary>
    public Task<string> PostTextAsync(string path, HttpContent? content, CancellationToken ct) => TextAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, ct);

    private async Task<string> TextAsync(HttpRequestMessage request, CancellationToken ct)
    {
        using var response = await AnswerAsync(request, HttpCompletionOption.ResponseContentRead, ct);
        return await response.Content.ReadAsStringAsync(ct);
    }

    /// <summary>An answer of any length, as it comes.</summary>
    public async Task DownloadAsync(string path, Stream output, CancellationToken ct)
    {
        using var response = await AnswerAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead, ct);
        await response.Content.CopyToAsync(output, ct);
    }

    /// <summary>One page of an export onto the end of a file, and where the next begins.</summary>
    public async Task<(long Position, long UpTo, long Deleted)> ExportPageAsync(string path, Stream output, CancellationToken ct)
    {
        using var response = await AnswerAsync(new HttpRequestMessage(HttpMethod.Get, path), HttpCompletionOption.ResponseContentRead, ct);
        await response.Content.CopyToAsync(output, ct);
        long Header(string name) => long.Parse(response.Headers.GetValues(name).Single(), System.Globalization.CultureInfo.InvariantCulture);
        return (Header("Vkp-Position"), Header("Vkp-Up-To"), Header("Vkp-Deleted"));
    }

    /// <summary>The lines of an endless answer, as they come.</summary>
    public IAsyncEnumerable<T> FollowAsync<T>(string path, JsonTypeInfo<T> type, Action? standing, CancellationToken ct) =>
        LinesAsync(new HttpRequestMessage(HttpMethod.Get, path), type, standing, ct);

    /// <summary>The lines of an act's answer, as they come.</summary>
    public IAsyncEnumerable<T> PostLinesAsync<T>(string path, HttpContent content, JsonTypeInfo<T> type, CancellationToken ct) =>
        LinesAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = content }, type, standing: null, ct);

    private async IAsyncEnumerable<T> LinesAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, Action? standing, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        using var response = await AnswerAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(ct), Encoding.UTF8);
        while (await ReadLineAsync(reader, ct) is { } line)
        {
            if (line.Length == 0) standing?.Invoke();
            else yield return JsonSerializer.Deserialize(line, type)!;
        }
    }

    private async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken ct)
    {
        try
        {
            return await reader.ReadLineAsync(ct);
        }
        catch (Exception lost) when (lost is IOException or HttpRequestException)
        {
            throw CommandException.HubAway(hub);
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T> type, CancellationToken ct)
    {
        return JsonSerializer.Deserialize(await TextAsync(new HttpRequestMessage(method, path) { Content = content }, ct), type)!;
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, HttpCompletionOption until, CancellationToken ct)
    {
        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, until, ct);
        }
        catch (HttpRequestException)
        {
            throw CommandException.HubAway(hub);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response) throw await FaultAsync(response, ct);
    }

    /// <summary>All the errors of the answer, a line each.</summary>
    private static async Task<CommandException> FaultAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var text = await response.Content.ReadAsStringAsync(ct);
        try
        {
            using var problem = JsonDocument.Parse(text);
            var errors = problem.RootElement.GetProperty("errors").EnumerateArray().ToList();
            var more = string.Concat(errors.Skip(1).Select(e => $"\n{Line(e)}"));
            var path = errors[0].TryGetProperty("path", out var at) ? $" At: {at}." : "";
            return new CommandException(
                errors[0].GetProperty("code").GetString()!, errors[0].GetProperty("message").GetString() + path, errors[0].GetProperty("hint").GetString() + more,
                response.StatusCode == HttpStatusCode.NotFound ? 66 : 65);
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new CommandException("VKP-917", $"The hub answered {(int)response.StatusCode}.", "See the hub's own output.");
        }
    }

    private static string Line(JsonElement error) =>
        $"{error.GetProperty("code")} {error.GetProperty("message")}{(error.TryGetProperty("path", out var at) ? $" At: {at}." : "")} Hint: {error.GetProperty("hint")}";
}
