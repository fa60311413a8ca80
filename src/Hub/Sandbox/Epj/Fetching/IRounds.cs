using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>One way to come by documents, and to tell what became of each.</summary>
internal interface IRounds : IAsyncDisposable
{
    /// <summary>What others call it by, if anything.</summary>
    void Map(IEndpointRouteBuilder routes);

    /// <summary>Takes what there is, and says whether there was more than one round takes.</summary>
    Task<(RoundReport Report, bool HasMore)> TakeAsync(CancellationToken ct);
}
