using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Staff;

/// <summary>What may be granted to whom by whom. Pure.</summary>
public static class StaffRules
{
    /// <param name="by">Null when the machine acts, which is nobody and may begin.</param>
    public static VkpError? Check(RegistryState municipality, StaffPerson? by, StaffGranted wanted, DateTimeOffset now)
    {
        if (!Uri.TryCreate(wanted.Issuer, UriKind.Absolute, out var issuer) || issuer.Scheme is not ("https" or "http") || wanted.Issuer.EndsWith('/')) return StaffErrors.BadGrant("its issuer is not an address as tokens name it", "issuer");
        if (!StaffPerson.IsUsable(wanted.Subject)) return StaffErrors.BadGrant("its subject is no name that the log can hold, or could be an identity number", "subject");
        if (wanted.Until <= now) return StaffErrors.BadGrant("it has ended before it begins", "until");
        if (municipality.Staff.Count >= Limits.StaffGrantsMax) return StaffErrors.BadGrant($"the municipality has {Limits.StaffGrantsMax} grants; revoke what has ended", "subject");
        return CheckChange(municipality, by, wanted.Issuer, wanted.Subject, wanted);
    }

    public static VkpError? Check(RegistryState municipality, StaffPerson? by, StaffRevoked wanted) =>
        !municipality.Staff.Any(grant => grant.IsOf(wanted.Issuer, wanted.Subject) && grant.Role == wanted.Role)
            ? StaffErrors.NoSuchGrant(StaffRoles.Text(wanted.Role))
            : CheckChange(municipality, by, wanted.Issuer, wanted.Subject, wanted);

    private static VkpError? CheckChange(RegistryState municipality, StaffPerson? by, string issuer, string subject, RegistryEvent change)
    {
        if (by is not null && by.Issuer == issuer && by.Subject == subject) return StaffErrors.OwnGrant();
        return HasLastingBrukeradmin(municipality) && !HasLastingBrukeradmin(municipality.Apply(change, municipality.Version + 1)) ? StaffErrors.LastBrukeradmin(municipality.OrgNo) : null;
    }

    /// <summary>One with an end does not count: the municipality would wake up without any.</summary>
    private static bool HasLastingBrukeradmin(RegistryState municipality) => municipality.Staff.Any(grant => grant is { Role: StaffRole.Brukeradmin, Until: null });
}
