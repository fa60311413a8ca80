using Vkp.Fhir;

namespace Vkp.Hub.Staff;

/// <summary>A person who has signed in.</summary>
/// <param name="Subject">The issuer's own name for her; what she does is told under it.</param>
/// <param name="Until">When her token ends: what is being answered then, ends too.</param>
public sealed record StaffPerson(string Issuer, string Subject, DateTimeOffset Until)
{
    private const int SubjectCharactersMax = 100;

    /// <summary>Whether a subject can stand in events and logs: printable ASCII, not long, and no identity number, which some issuers take for it.</summary>
    public static bool IsUsable(string? subject) =>
        subject is { Length: > 0 and <= SubjectCharactersMax } && subject.All(c => c is > ' ' and <= '~') && !NationalIdentityNumber.TryParse(subject, out _);
}
