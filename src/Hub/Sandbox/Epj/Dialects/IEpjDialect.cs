using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>What goes back to the sender.</summary>
internal readonly record struct Answered(int Status, string Body);

/// <summary>How one kind of journal system is spoken to: its routes, how a request is read, and how it answers. It keeps nothing; the journal is the receiver's.</summary>
internal interface IEpjDialect
{
    /// <summary>Below the server's address, with the closing slash: what an adapter is given.</summary>
    string Base { get; }

    string ContentType { get; }

    /// <summary>False for an EPJ that writes whatever it is sent, as often as it is sent.</summary>
    bool Deduplicates { get; }

    void Map(IEndpointRouteBuilder routes, Desk desk);

    Answered Ok(IncomingMessage message, Guid answerId, DateTimeOffset now, long sequence);

    Answered TransientError(IncomingMessage message, Guid answerId, DateTimeOffset now);

    /// <param name="code">Of `vkp-operation-outcome-v090`, or null.</param>
    Answered FatalError(IncomingMessage message, Guid answerId, DateTimeOffset now, string? code, string text);

    /// <summary>For a body that cannot be read as what this EPJ takes.</summary>
    Answered Unreadable(IReadOnlyList<string> faults);
}
