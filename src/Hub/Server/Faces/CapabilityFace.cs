using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Vkp.Hub.Faces;

/// <summary>`GET /fhir/metadata`: what this hub serves under `/fhir`. Open to everybody, as the specification asks; it holds nothing that is anybody's.</summary>
public sealed class CapabilityFace(TimeProvider time)
{
    private readonly DateTimeOffset since = time.GetUtcNow();

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/fhir/metadata", (HttpContext http) => FhirAnswer.WriteAsync(
        http.Response, StatusCodes.Status200OK, Capabilities.Of(Served(routes), typeof(CapabilityFace).Assembly.GetName().Version!.ToString(3), since)));

    /// <summary>Asked when it is called: then every face has mapped its routes.</summary>
    private static IEnumerable<ServedRoute> Served(IEndpointRouteBuilder routes) =>
        from endpoint in routes.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        let pattern = endpoint.RoutePattern.RawText!
        where pattern == "/fhir" || pattern.StartsWith("/fhir/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        orderby pattern, method
        select new ServedRoute(method, pattern, endpoint.Metadata.GetMetadata<SearchParameters>());
}
