using System.Globalization;

namespace Vkp.Sandbox;

/// <summary>
/// The forty people of the sandbox, the same on every machine and in every run. They are computed, so no list of
/// identity numbers exists anywhere, and they are all in the Tenor test series.
/// </summary>
public static class SyntheticPeople
{
    private const int Count = 40;
    private const int DispensersCount = 24;

    // Serial numbers begin here, above those of the sample events; ZZ is the prefix no maker uses in the public samples.
    private const int FirstSerial = 201;

    private static readonly string[] Given = ["Rolig", "Blid", "Lun", "Modig", "Snill", "Kvikk", "Stødig", "Munter"];
    private static readonly string[] Family = ["Granbar", "Tyttebær", "Havskjell", "Steinrøys", "Lyngtue"];

    /// <summary>All forty, in order of number. The first 24 have a dispenser, `ZZ000201` to `ZZ000224`.</summary>
    public static IReadOnlyList<SyntheticPerson> All { get; } = [.. Enumerable.Range(1, Count).Select(Create)];

    /// <summary>Those with a medicine dispenser.</summary>
    public static IReadOnlyList<SyntheticPerson> WithDispenser { get; } = [.. All.Where(person => person.DispenserSerial is not null)];

    /// <summary>Somebody with a dispenser whom no simulated EPJ knows: for showing what a refusal looks like.</summary>
    public static SyntheticPerson Stranger { get; } = new(Count + 1, NationalIdOf(Count + 1), "Fremmed Fjellvåk", DispenserSerial: "ZZ000299", IsAssisted: false);

    internal static bool IsStranger(string? nationalId) => nationalId == Stranger.NationalId;

    private static string NationalIdOf(int number)
    {
        // Spread over about twenty birth years; the step is prime so that days and months vary too.
        var born = new DateOnly(1929, 1, 5).AddDays(number * 197);
        return Enumerable.Range(number * 7, 100)
            .Select(individual => TenorNumber.Compute(born, individual))
            .First(id => id is not null)!;
    }

    private static SyntheticPerson Create(int number)
    {
        var serial = number <= DispensersCount
            ? string.Create(CultureInfo.InvariantCulture, $"ZZ{FirstSerial + number - 1:000000}")
            : null;
        var name = $"{Given[(number - 1) % Given.Length]} {Family[(number - 1) / Given.Length]}";
        return new SyntheticPerson(number, NationalIdOf(number), name, serial, IsAssisted: number % 5 == 0);
    }
}
