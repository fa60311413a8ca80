namespace Vkp.Sandbox;

/// <summary>One invented person. The text form shows the number in the list only, never the identity.</summary>
/// <param name="Number">1 and up; the person's place in <see cref="SyntheticPeople.All"/>.</param>
/// <param name="NationalId">Eleven digits of the Tenor test series.</param>
/// <param name="Name">An adjective and a noun, as nobody is called.</param>
/// <param name="DispenserSerial">The medicine dispenser at home, for those who have one.</param>
/// <param name="IsAssisted">A care worker is there when the dispenser hands out.</param>
public sealed record SyntheticPerson(int Number, string NationalId, string Name, string? DispenserSerial, bool IsAssisted)
{
    public override string ToString() => $"synthetic person {Number}";
}
