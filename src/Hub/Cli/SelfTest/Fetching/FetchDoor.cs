using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Vkp.Hub;

namespace Vkp.Cli.SelfTest.Fetching;

/// <summary>
/// Stands in front of one hub, on this machine only, and passes on to it what a journal system asks, byte for byte, and back what it is answered. The hub's links
/// and locations have no host in them, so whoever follows them stays here. Notes what goes by, and does the harm that a network does, once, when it is told to.
/// </summary>
public sealed partial class FetchDoor : IAsyncDisposable
{
    /// <summary>As long as a whole page of large documents takes a busy hub, and some.</summary>
    private static readonly TimeSpan ExchangeTimeMax = TimeSpan.FromSeconds(60);

    /// <summary>Requests wait so long for a message's id to be known; longer than any sending takes.</summary>
    private static readonly TimeSpan HoldTimeMax = TimeSpan.FromSeconds(30);

    /// <summary>A page holds two hundred documents of at most a megabyte.</summary>
    private const long AnswerBytesMax = 256L * 1024 * 1024;

    /// <summary>Of an answer that says no, what is read for its code.</summary>
    private const int RefusalBytesMax = 8 * 1024;

    /// <summary>More than a run comes to; what hammers is counted that far.</summary>
    private const int ExchangesMax = 50_000;

    private readonly string hub;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly List<Exchange> seen = [];
    private readonly HashSet<Guid> losing = [];
    private readonly HttpMessageInvoker onward = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, AutomaticDecompression = DecompressionMethods.None, ActivityHeadersPropagator = null, ConnectTimeout = TimeSpan.FromSeconds(10),
    });

    private WebApplication? app;
    private TaskCompletionSource more = NewSignal();
    private TaskCompletionSource open = NewSignal();
    private TimeSpan? outageWanted;
    private Outage? outage;

    private FetchDoor(Uri hub, TimeProvider time)
    {
        this.hub = hub.GetLeftPart(UriPartial.Authority);
        this.time = time;
        open.SetResult();
    }

    /// <summary>With the closing slash.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>What has gone by, as it ended.</summary>
    public IReadOnlyList<Exchange> Seen
    {
        get
        {
            lock (gate) return [.. seen];
        }
    }

    /// <summary>Null until one that was asked for has begun.</summary>
    public Outage? Outage
    {
        get
        {
            lock (gate) return outage;
        }
    }

    /// <param name="port">0 takes a free one.</param>
    /// <exception cref="CommandException">VKP-946: something else listens there.</exception>
    public static async Task<FetchDoor> StartAsync(int port, Uri hub, TimeProvider time, CancellationToken ct)
    {
        var door = new FetchDoor(hub, time);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.BodyBytesDrainedMax;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();
        door.app = builder.Build();
        door.app.Run(door.TakeAsync);
        try
        {
            await door.app.StartAsync(ct);
        }
        catch (IOException)
        {
            await door.DisposeAsync();
            throw CommandException.SelfTestPortTaken(port);
        }

        door.Address = new Uri(door.app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single() + "/");
        return door;
    }

    /// <summary>Completes when something more has gone by since it was asked for, or an outage has begun.</summary>
    public Task MoreAsync()
    {
        lock (gate) return more.Task;
    }

    /// <summary>Whoever comes waits until it is disposed: so that nobody answers about a message before it is known what is to become of the answer.</summary>
    public IDisposable Hold()
    {
        lock (gate)
        {
            if (open.Task.IsCompleted) open = NewSignal();
            return new Held(open);
        }
    }

    /// <summary>The hub's answer to the first acknowledgement of this message that it takes is thrown away.</summary>
    public void LoseAnswer(Guid message)
    {
        lock (gate) losing.Add(message);
    }

    /// <summary>The next request finds no hub, and nor does any other for so long.</summary>
    public void BeginOutage(TimeSpan length)
    {
        lock (gate) outageWanted = length;
    }

    /// <summary>One that has not begun does not.</summary>
    public void EndOutage()
    {
        lock (gate) outageWanted = null;
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate) open.TrySetResult();
        if (app is not null)
        {
            await app.StopAsync(CancellationToken.None);
            await app.DisposeAsync();
        }

        onward.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var at = time.GetUtcNow();
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?')[0];
        if (!target.StartsWith('/'))
        {
            // Written for a proxy that goes where it is told; this one goes to one hub.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        Task isOpen;
        lock (gate) isOpen = open.Task;
        await isOpen.WaitAsync(HoldTimeMax, time, context.RequestAborted);
        if (TimeToStayAway(at) is { } stay)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = $"{Math.Ceiling(stay.TotalSeconds):0}";
            Note(new Exchange(at, context.Request.Method, path, StatusCodes.Status503ServiceUnavailable, Passing: Passing.TurnedAway));
            return;
        }

        using var late = new CancellationTokenSource(ExchangeTimeMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        await PassAsync(context, new Exchange(at, context.Request.Method, path, Status: null), target, either.Token);
    }

    private async Task PassAsync(HttpContext context, Exchange exchange, string target, CancellationToken ct)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, ct);
        if (exchange.Answer is not null) exchange = exchange with { Said = Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length) };
        HttpResponseMessage answer;
        try
        {
            using var request = RequestOf(context.Request, new Uri(hub + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }), body.ToArray());
            answer = await onward.SendAsync(request, ct);
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException)
        {
            Note(exchange);
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return;
        }

        using (answer)
        {
            exchange = exchange with { Status = (int)answer.StatusCode };
            if (exchange is { IsTaken: true, Answer: { IsRejection: false, Message: var message } } && IsLosing(message))
            {
                Note(exchange with { Passing = Passing.AnswerLost });
                context.Abort();
                return;
            }

            await GiveAsync(context, answer, exchange, ct);
        }
    }

    /// <summary>The answer as it comes. What goes by is noted before its last bytes are given: whoever has had an answer finds it noted.</summary>
    private async Task GiveAsync(HttpContext context, HttpResponseMessage answer, Exchange exchange, CancellationToken ct)
    {
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated).Where(header => !OfConnection(header.Key)))
            context.Response.Headers[name] = values.ToArray();
        if (exchange.IsTaken) Note(exchange);
        var refusal = new StringBuilder();
        try
        {
            await using var stream = await answer.Content.ReadAsStreamAsync(ct);
            var buffer = new byte[16 * 1024];
            for (var given = 0L; await stream.ReadAsync(buffer, ct) is var read and > 0;)
            {
                if ((given += read) > AnswerBytesMax) throw new IOException($"The hub's answer is longer than {AnswerBytesMax} bytes.");
                if (!exchange.IsTaken && given <= RefusalBytesMax) refusal.Append(Encoding.UTF8.GetString(buffer, 0, read));
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), ct);
            }
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or OperationCanceledException)
        {
            // Begun and not ended: whoever asked must not take it for the whole.
            context.Abort();
        }

        if (!exchange.IsTaken) Note(exchange with { Code = ErrorCode().Match(refusal.ToString()) is { Success: true } code ? code.Value : null });
    }

    private static HttpRequestMessage RequestOf(HttpRequest asked, Uri address, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(asked.Method), address);
        if (body.Length > 0 || asked.ContentType is not null) request.Content = new ByteArrayContent(body);
        foreach (var (name, values) in asked.Headers.Where(header => !OfConnection(header.Key) && header.Key != "Host"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, values.ToArray())) request.Content?.Headers.TryAddWithoutValidation(name, values.ToArray());
        }

        return request;
    }

    /// <summary>Of one connection, and not of what goes over it (RFC 9110 section 7.6.1).</summary>
    private static bool OfConnection(string header) =>
        header.Equals("Connection", StringComparison.OrdinalIgnoreCase) || header.Equals("Keep-Alive", StringComparison.OrdinalIgnoreCase) || header.Equals("Proxy-Connection", StringComparison.OrdinalIgnoreCase)
        || header.Equals("TE", StringComparison.OrdinalIgnoreCase) || header.Equals("Trailer", StringComparison.OrdinalIgnoreCase) || header.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Upgrade", StringComparison.OrdinalIgnoreCase) || header.Equals("Expect", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null when the hub is there.</summary>
    private TimeSpan? TimeToStayAway(DateTimeOffset at)
    {
        lock (gate)
        {
            if (outageWanted is { } length)
            {
                outage = new Outage(at, at + length);
                outageWanted = null;
            }

            return outage is { } now && at < now.Ends ? now.Ends - at : null;
        }
    }

    private bool IsLosing(Guid message)
    {
        lock (gate) return losing.Remove(message);
    }

    private void Note(Exchange exchange)
    {
        lock (gate)
        {
            if (seen.Count < ExchangesMax) seen.Add(exchange);
            more.SetResult();
            more = NewSignal();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex("VKP-[0-9]{3}", RegexOptions.None, 1000)]
    private static partial Regex ErrorCode();

    private sealed class Held(TaskCompletionSource open) : IDisposable
    {
        public void Dispose() => open.TrySetResult();
    }

    /// <summary>The program stops it; Ctrl-C is not its own to hear.</summary>
    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
