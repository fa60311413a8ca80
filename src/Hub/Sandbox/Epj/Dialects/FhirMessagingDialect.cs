using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>`$process-message`, by the receiver's table of FHIR R4 reliable messaging.</summary>
internal sealed class FhirMessagingDialect : IEpjDialect
{
    public string Base => "fhir/";

    public string ContentType => "application/fhir+json; charset=utf-8";

    public bool Deduplicates => true;

    public void Map(IEndpointRouteBuilder routes, Desk desk)
    {
        routes.MapPost("/fhir/$process-message", (RequestDelegate)(context => desk.TakeAsync(context, IncomingMessage.Read)));
        FhirSearches.Map(routes, desk);
    }

    public Answered Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence) => new(200, MessageAnswer.Ok(message, answerId, now, sequence));

    public Answered TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now) => new(200, MessageAnswer.TransientError(message, answerId, now));

    public Answered FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text) => new(200, MessageAnswer.FatalError(message, answerId, now, code, text));

    public Answered Unreadable(IReadOnlyList<string> faults) => new(400, MessageAnswer.Unreadable(faults));
}
