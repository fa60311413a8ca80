namespace Vkp.Hub.Tests.Journeys;

/// <summary>One hub for a class of tests that store nothing, or whose messages do not meet.</summary>
public sealed class SharedHub : IAsyncLifetime
{
    public TestHub Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Hub = await TestHub.StartAsync();

    public async ValueTask DisposeAsync() => await Hub.DisposeAsync();
}
