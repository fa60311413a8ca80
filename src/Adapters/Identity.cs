using Vkp.Fhir;
using Vkp.Fhir.Codes;

namespace Vkp.Adapters;

/// <summary>The identifier systems a translation meets, and whether a number is one of theirs.</summary>
internal static class Identity
{
    public const string HprNumber = IdentifierSystems.HprNummer;
    public const string OrganisationNumber = IdentifierSystems.Organisasjonsnummer;

    /// <summary>Serial numbers in the modelled vendor styles; a real vendor has a system of its own.</summary>
    public const string DeviceSerial = "https://example.org/fhir/device-serial";

    /// <summary>The national systems by the short names vendors use.</summary>
    public static IReadOnlyDictionary<string, string> PersonSystems { get; } = new Dictionary<string, string>
    {
        ["FNR"] = IdentifierSystems.Fodselsnummer,
        ["DNR"] = IdentifierSystems.DNummer,
        ["FHN"] = IdentifierSystems.FellesHjelpenummer,
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["http://ehelse.no/fhir/identifiertypes/FNR"] = IdentifierSystems.Fodselsnummer,
        ["http://ehelse.no/fhir/identifiertypes/DNR"] = IdentifierSystems.DNummer,
        ["http://ehelse.no/fhir/identifiertypes/FHN"] = IdentifierSystems.FellesHjelpenummer,
    };

    /// <summary>The published system for one that is known under an older name; any other as it is.</summary>
    public static string CanonicalSystem(string? system) => system is null ? string.Empty : Aliases.GetValueOrDefault(system, system);

    public static bool IsPersonSystem(string system) => PersonSystems.Values.Contains(system);

    /// <summary>True when the number has the form and the control digits of its system. A hospital's help number comes as a fødselsnummer in older systems.</summary>
    public static bool IsPersonNumber(string system, string number) =>
        NationalIdentityNumber.TryParse(number, out var parsed)
        && (parsed.System == system || (parsed.Kind == IdentityNumberKind.HNummer && system == IdentifierSystems.Fodselsnummer));

    /// <summary>Nine digits. The control digit is not asked for: the organisation numbers of test municipalities do not have a valid one.</summary>
    public static bool IsOrganisationNumber(string number) => number.Length == 9 && number.All(char.IsAsciiDigit);

    public static bool IsHprNumber(string number) => ControlDigits.IsHprNumber(number);
}
