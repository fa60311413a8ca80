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
public sealed record AdminNeed(StaffRole Role, Opening Opening = Opening.Never);

/// <summary>How a route says what it needs.</summary>
public static class AdminNeeds
{
    public static TBuilder Needs<TBuilder>(this TBuilder route, StaffRole role, Opening opening = Opening.Never)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AdminNeed(role, opening));
}
