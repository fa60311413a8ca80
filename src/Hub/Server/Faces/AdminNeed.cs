using Microsoft.AspNetCore.Builder;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Faces;

/// <summary>Whether a route of the administration shows content: then a purpose is asked for, and the role that overvåkning is not.</summary>
public enum Opening
{
    Never,

    /// <summary>When a purpose is given; without one the facts are told and nothing is opened.</summary>
    WithPurpose,

    Always,
}

/// <summary>What a person needs in a municipality to use a route of the administration. A route that does not say it answers nobody.</summary>
/// <param name="ByPerson">It is one person's word beside another's: the machine's token, which names nobody, does not give it where people can sign in.</param>
public sealed record AdminNeed(StaffRole Role, Opening Opening = Opening.Never, bool ByPerson = false);

/// <summary>How a route says what it needs.</summary>
public static class AdminNeeds
{
    public static TBuilder Needs<TBuilder>(this TBuilder route, StaffRole role, Opening opening = Opening.Never, bool byPerson = false)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AdminNeed(role, opening, byPerson));
}
