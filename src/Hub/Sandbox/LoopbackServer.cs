using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Vkp.Sandbox;

/// <summary>
/// A Kestrel server on 127.0.0.1, the ground under every simulated party: real sockets, real HTTP, no files read and no
/// environment looked at, so that a sandbox server behaves the same wherever it is started.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private LoopbackServer(WebApplication app, Uri baseAddress)
    {
        this.app = app;
        BaseAddress = baseAddress;
    }

    /// <summary>`http://127.0.0.1:port/`, with the closing slash.</summary>
    public Uri BaseAddress { get; }

    /// <param name="port">0 takes a free one.</param>
    public static async Task<LoopbackServer> StartAsync(int port, long bodyBytesMax, Action<WebApplication> map, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = bodyBytesMax;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));

        // The usual lifetime listens for Ctrl-C by itself. The program that owns the sandbox decides in which order things
        // stop: an EPJ that goes away before the hub would turn a clean stop into failed deliveries.
        builder.Services.AddSingleton<IHostLifetime, OwnedLifetime>();

        var built = builder.Build();
        map(built);
        await built.StartAsync(ct);
        var address = built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.Single()
            ?? throw new InvalidOperationException("Kestrel started without telling its address.");
        return new LoopbackServer(built, new Uri(address + "/"));
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
    }

    private sealed class OwnedLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
