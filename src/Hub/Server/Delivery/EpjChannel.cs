using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Vkp.Adapters;
using Vkp.Hub.Outbound;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Delivery;

/// <summary>The wire to the journal systems: time-boxed, size-capped, never following a redirect, and every failure a value.</summary>
public sealed class EpjChannel : IDisposable
{
    private readonly OutboundPolicy policy;
    private readonly TimeProvider time;
    private readonly HttpClient shared;
    private readonly ConcurrentDictionary<int, Lazy<HttpClient>> own = new();
    private readonly TokenClient tokens;

    public EpjChannel(OutboundPolicy policy, TimeProvider time) =>
        (this.policy, this.time, shared, tokens) = (policy, time, ClientOf(policy, tenant: null), new TokenClient(policy, time));

    public void Dispose()
    {
        shared.Dispose();
        foreach (var client in own.Values) client.Value.Dispose();
        tokens.Dispose();
    }

    /// <summary>The way to a municipality's destination: its base address, with or without its last slash, and the token it wants to see.</summary>
    public EpjSend To(int tenant, Destination destination, Func<string, string?> environment)
    {
        var address = new Uri(destination.Address.TrimEnd('/') + "/");
        return TokenSettings.Of(destination.Settings, environment) is { } terms
            ? (request, ct) => SendAsync(tenant, address, request, terms, ct)
            : (request, ct) => SendAsync(tenant, address, request, ct);
    }

    /// <summary>Sends one request to an address that a municipality's configuration names, and reads its answer to the end.</summary>
    public Task<EpjAnswer> SendAsync(int tenant, Uri destination, EpjRequest request, CancellationToken ct) => SendAsync(policy.HasOwn(tenant)
        ? own.GetOrAdd(tenant, whose => new Lazy<HttpClient>(() => ClientOf(policy, whose))).Value : shared, destination, request, ct);

    /// <summary>The same where it is nobody's in particular.</summary>
    public Task<EpjAnswer> SendAsync(Uri destination, EpjRequest request, CancellationToken ct) => SendAsync(shared, destination, request, ct);

    private static HttpClient ClientOf(OutboundPolicy policy, int? tenant)
    {
        var handler = policy.CreateHandler(TimeSpan.FromSeconds(5), tenant);
        handler.MaxConnectionsPerServer = Limits.DeliveriesInFlightPerDestinationMax;
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private async Task<EpjAnswer> SendAsync(HttpClient http, Uri destination, EpjRequest request, CancellationToken ct)
    {
        using var timeout = new CancellationTokenSource(Limits.DeliveryTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(destination, request.Path))
        {
            Content = request.Body.IsEmpty ? null : new ReadOnlyMemoryContent(request.Body),
        };
        if (message.Content is { } content) content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        message.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(request.Accept ?? request.ContentType));
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        try
        {
            using var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            if ((int)response.StatusCode is >= 300 and < 400) return new EpjAnswer.Unknown($"redirect {(int)response.StatusCode}, not followed");

            var body = await ReadCappedAsync(response.Content, both.Token);
            return body is null
                ? new EpjAnswer.Unknown("the answer is larger than the cap")
                : new EpjAnswer.Response((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body.Value, RetryAfter(response));
        }
        catch (HttpRequestException refused) when (refused.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError)
        {
            return new EpjAnswer.NotSent(refused.HttpRequestError.ToString());
        }
        catch (Exception lost) when (lost is HttpRequestException or IOException)
        {
            return new EpjAnswer.Unknown("the connection was lost before the answer was read");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return new EpjAnswer.Unknown($"no answer within {Limits.DeliveryTimeout.TotalSeconds:0} s");
        }
    }

    private async Task<EpjAnswer> SendAsync(int tenant, Uri address, EpjRequest request, TokenTerms terms, CancellationToken ct)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            var (token, fault) = await tokens.GetAsync(terms, ct);
            if (token is null) return new EpjAnswer.NotSent($"the hub has no access token: {fault}");

            var shown = tokens.Headers(terms, token, request.Method, new Uri(address, request.Path));
            var answer = await SendAsync(tenant, address, request with { Headers = [.. request.Headers, .. shown] }, ct);
            // Turned away at the door, so nothing came of it: the token was withdrawn before its time, and another may open.
            if (isSecond || answer is not EpjAnswer.Response { Status: 401 }) return answer;
            tokens.Forget(terms, token);
        }
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadCappedAsync(HttpContent content, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        var buffer = new byte[8192];
        using var read = new MemoryStream();
        int count;
        while ((count = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (read.Length + count > Limits.DeliveryAnswerBytesMax) return null;
            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } header) return null;
        if (header.Delta is { } delta) return delta;
        if (header.Date is not { } date) return null;
        var wait = date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
