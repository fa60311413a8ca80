using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>Documents that the hub lists, or tells of over HTTP, and answers that go there.</summary>
internal sealed class OfferedRounds(IDocumentSource source, DocumentDesk desk) : IRounds
{
    public void Map(IEndpointRouteBuilder routes) => source.Map(routes);

    public async Task<(RoundReport Report, bool HasMore)> TakeAsync(CancellationToken ct)
    {
        var found = await source.ReadAsync(ct);
        return (await desk.TakeAsync(found.Documents, ct), found.HasMore);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
