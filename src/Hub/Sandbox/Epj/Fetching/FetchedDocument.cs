using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>A document that the hub offers.</summary>
/// <param name="Place">Later documents have higher ones: the time it was offered in ticks, or the number of its event.</param>
/// <param name="Type">The kind of resource it is fetched as.</param>
/// <param name="Id">The message's, and the same however often it is offered.</param>
/// <param name="Content">Null when it is yet to be fetched.</param>
/// <param name="IsGone">The hub has nothing to fetch any more: a correction took its place, or it was deleted.</param>
internal sealed record FetchedDocument(long Place, string Type, string Id, JsonObject? Content, bool IsGone = false)
{
    /// <summary>The document as what a journal takes. What the hub writes about offering it is no part of its content.</summary>
    /// <param name="deliveryId">What a repeat of the delivery is known by; the message's own id where deliveries have none.</param>
    public IncomingMessage ToMessage(JsonObject content, string? deliveryId = null)
    {
        var own = (JsonObject)content.DeepClone();
        own.Remove("meta");
        var source = (content["meta"] as JsonObject)?.Objects("tag").FirstOrDefault(tag => tag.Text("system") == "https://fhir.jft.nhn.no/source-client-name")?.Text("code");
        return IncomingMessage.Of(Id, deliveryId ?? Id, Type, [own], own, source ?? "");
    }
}

/// <summary>What was found, in the order it was offered.</summary>
/// <param name="HasMore">Whether there was more than one round takes.</param>
internal sealed record Found(IReadOnlyList<FetchedDocument> Documents, bool HasMore)
{
    public static Found Nothing { get; } = new([], HasMore: false);
}

/// <summary>How a journal system learns what there is: by asking, or by being told.</summary>
internal interface IDocumentSource
{
    /// <summary>What others call it by, if anything.</summary>
    void Map(IEndpointRouteBuilder routes);

    /// <summary>What comes after the place up to which everything is answered; nothing when the hub could not be asked.</summary>
    Task<Found> ReadAsync(CancellationToken ct);
}
