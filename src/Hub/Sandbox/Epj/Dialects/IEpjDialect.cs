using Microsoft.AspNetCore.Routing;

namespace Vkp.Sandbox;

/// <summary>How one kind of journal system is spoken to: its routes, how a request is read, and how it answers. It keeps nothing; the journal is the receiver's.</summary>
internal interface IEpjDialect : IEpjAnswers
{
    /// <summary>Below the server's address, with the closing slash: what an adapter is given.</summary>
    string Base { get; }

    string ContentType { get; }

    /// <summary>False for an EPJ that writes whatever it is sent, as often as it is sent.</summary>
    bool Deduplicates { get; }

    void Map(IEndpointRouteBuilder routes, Desk desk);

    /// <summary>For a body that cannot be read as what this EPJ takes.</summary>
    Answered Unreadable(IReadOnlyList<string> faults);
}
