namespace Vkp.Sandbox;

/// <summary>An invented person who works for the sandbox's municipality.</summary>
/// <param name="Subject">What the issuer calls her in tokens.</param>
/// <param name="Role">What the sandbox's municipality has granted her; empty = nothing.</param>
public sealed record StaffMember(string Subject, string Name, string Role);

/// <summary>One for each role, and one without any.</summary>
public static class StaffPeople
{
    public static readonly IReadOnlyList<StaffMember> All =
    [
        // First, because a municipality's first role is that of the one who gives the others.
        new("sandbox-berit", "Berit Brukeradmin", "brukeradmin"),
        new("sandbox-anders", "Anders Administrasjon", "administrasjon"),
        new("sandbox-oda", "Oda Overvåkning", "overvaking"),
        new("sandbox-ulf", "Ulf Uten rolle", ""),
    ];
}
