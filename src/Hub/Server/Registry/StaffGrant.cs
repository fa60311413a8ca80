using System.Collections.Immutable;

namespace Vkp.Hub.Registry;

/// <summary>What a person may do in one municipality. Permanent names; one role gives nothing of another but where <see cref="StaffRoles.Covers"/> says so.</summary>
public enum StaffRole
{
    /// <summary>Overvåkning: sees what happens, and opens no content.</summary>
    Overvaking,

    /// <summary>Acts on messages and configuration, opens content for a purpose; sees what overvåkning sees.</summary>
    Administrasjon,

    /// <summary>Gives and takes roles, and sees nothing else by that.</summary>
    Brukeradmin,
}

/// <summary>A person's role. Who she is, is the staff issuer's word: the subject is its name for her, not hers.</summary>
/// <param name="Until">From then on it gives nothing; null = until it is revoked.</param>
public sealed record StaffGrant(string Issuer, string Subject, StaffRole Role, DateTimeOffset? Until)
{
    public bool IsOf(string issuer, string subject) => Issuer == issuer && Subject == subject;

    public bool HoldsAt(DateTimeOffset at) => Until is null || at < Until;
}

public static class StaffRoles
{
    /// <summary>As files, commands and events have it.</summary>
    public static string Name(StaffRole role) => role.ToString().ToLowerInvariant();

    /// <summary>As people read it.</summary>
    public static string Text(StaffRole role) => role == StaffRole.Overvaking ? "overvåkning" : Name(role);

    /// <summary>Whoever acts must see what she acts on; giving roles is apart from both.</summary>
    public static bool Covers(this StaffRole held, StaffRole needed) => held == needed || (held, needed) is (StaffRole.Administrasjon, StaffRole.Overvaking);

    public static bool Hold(this ImmutableList<StaffGrant> grants, string issuer, string subject, StaffRole needed, DateTimeOffset at) =>
        grants.Any(grant => grant.IsOf(issuer, subject) && grant.Role.Covers(needed) && grant.HoldsAt(at));
}
