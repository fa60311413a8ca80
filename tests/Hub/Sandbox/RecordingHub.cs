using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Vkp.Hub.Tests.Sandbox;

/// <summary>Stands where the hub would: remembers what was posted and answers as told.</summary>
internal sealed class RecordingHub : IAsyncDisposable
{
    private readonly WebApplication app;

    private RecordingHub(WebApplication app) => this.app = app;

    public ConcurrentQueue<HubRequest> Requests { get; } = new();

    /// <summary>What to do with the n-th request (from 0); the default accepts.</summary>
    public Func<int, HttpContext, int> Answer { get; set; } = (_, _) => 202;

    /// <summary>What is said beside the status; nothing unless told.</summary>
    public Func<HttpContext, string?> Body { get; set; } = _ => null;

    public Uri Address { get; private set; } = null!;

    public static async Task<RecordingHub> StartAsync(CancellationToken ct)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var hub = new RecordingHub(builder.Build());
        hub.app.Run(hub.TakeAsync);
        await hub.app.StartAsync(ct);
        hub.Address = new Uri(hub.app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single() + "/");
        return hub;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        int number;
        lock (Requests)
        {
            number = Requests.Count;
            Requests.Enqueue(new HubRequest(context.Request.Path, context.Request.ContentType, context.Request.Headers.Authorization.ToString(), body.ToArray()));
        }

        var status = Answer(number, context);
        if (status == 0) context.Abort();
        else context.Response.StatusCode = status;
        if (status != 0 && Body(context) is { } told) await context.Response.WriteAsync(told, context.RequestAborted);
    }
}

internal sealed record HubRequest(string Path, string? ContentType, string Authorization, byte[] Body);
