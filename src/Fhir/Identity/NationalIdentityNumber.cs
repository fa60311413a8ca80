using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Vkp.Fhir.Codes;

namespace Vkp.Fhir;

/// <summary>The kinds of number that name a person in Norwegian health care.</summary>
public enum IdentityNumberKind
{
    Fodselsnummer,
    DNummer,

    /// <summary>Felles hjelpenummer: begins with 8 or 9.</summary>
    FellesHjelpenummer,

    /// <summary>A hospital's own help number: 40 added to the month. NAV uses the same form for its test persons.</summary>
    HNummer,

    /// <summary>DUF number of the immigration authorities, 12 digits. Its control digits are not checked.</summary>
    DufNummer,
}

/// <summary>Series in which only invented people have numbers.</summary>
public enum SyntheticSeries
{
    None,

    /// <summary>Skatteetaten's Tenor: 80 added to the month.</summary>
    Tenor,

    /// <summary>Norsk helsenett: 65 added to the month.</summary>
    Nhn,
}

/// <summary>Where the hub runs; decides which series may be used.</summary>
public enum IdentityEnvironment
{
    Production,
    Test,
}

/// <summary>What an environment says about a number.</summary>
/// <param name="Reason">Null when allowed without remark; never holds digits.</param>
public sealed record IdentityVerdict(bool IsAllowed, string? Reason);

/// <summary>
/// A national identity number whose form and control digits are right. Prints masked; <see cref="Reveal"/> is the one way to the digits.
/// Says nothing about birth date or sex, and must not be made to: from 2032 the numbers do not carry them.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class NationalIdentityNumber : IEquatable<NationalIdentityNumber>
{
    private readonly string _digits;

    private NationalIdentityNumber(string digits, IdentityNumberKind kind, SyntheticSeries series, bool byRuleOf2032) =>
        (_digits, Kind, Series, ByRuleOf2032) = (digits, kind, series, byRuleOf2032);

    public IdentityNumberKind Kind { get; }

    public SyntheticSeries Series { get; }

    public bool IsSynthetic => Series != SyntheticSeries.None;

    /// <summary>The control digits are right only by the rule that comes into use in 2032 (for new numbers, whenever the person was born).</summary>
    public bool ByRuleOf2032 { get; }

    /// <summary>The FHIR identifier system of the kind.</summary>
    public string System => Kind switch
    {
        IdentityNumberKind.Fodselsnummer => IdentifierSystems.Fodselsnummer,
        IdentityNumberKind.DNummer => IdentifierSystems.DNummer,
        IdentityNumberKind.FellesHjelpenummer => IdentifierSystems.FellesHjelpenummer,
        IdentityNumberKind.DufNummer => IdentifierSystems.DufNummer,
        _ => IdentifierSystems.HospitalLocalNumber,
    };

    /// <summary>Exactly 11 or 12 digits, nothing around them.</summary>
    /// <returns>False when form or control digits are wrong.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out NationalIdentityNumber? number)
    {
        number = null;
        if (text is null || text.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        if (text.Length == 12)
        {
            if (string.CompareOrdinal(text, 0, "19", 0, 2) != 0 && string.CompareOrdinal(text, 0, "20", 0, 2) != 0) return false;
            number = new NationalIdentityNumber(text, IdentityNumberKind.DufNummer, SyntheticSeries.None, false);
            return true;
        }

        if (text.Length != 11 || !ControlDigits.AreRight(text, out var byRuleOf2032) || !TryReadDate(text, out var kind, out var series)) return false;
        number = new NationalIdentityNumber(text, kind, series, byRuleOf2032);
        return true;
    }

    /// <summary>
    /// Production refuses synthetic numbers; test refuses all others, so that no real person comes into a test system.
    /// A month with 40 added is a hospital's help number in production (with a remark) and may be NAV's test series in test.
    /// </summary>
    public IdentityVerdict JudgeFor(IdentityEnvironment environment) => (environment, Kind, IsSynthetic) switch
    {
        (IdentityEnvironment.Production, _, true) => new IdentityVerdict(false, "A synthetic identity number in production."),
        (IdentityEnvironment.Production, IdentityNumberKind.HNummer, _) => new IdentityVerdict(true, "A hospital's help number (month + 40); NAV's test series looks the same."),
        (IdentityEnvironment.Test, IdentityNumberKind.HNummer, _) => new IdentityVerdict(true, "Month + 40: NAV's test series, or a hospital's help number."),
        (IdentityEnvironment.Test, _, false) => new IdentityVerdict(false, "Not a synthetic identity number, in a test environment."),
        _ => new IdentityVerdict(true, null),
    };

    /// <summary>The digits. For the sealed body, the keyed hash and the journal system; never for logs, addresses, ids or messages of an exception.</summary>
    public string Reveal() => _digits;

    public bool Equals(NationalIdentityNumber? other) => other is not null && _digits == other._digits;

    public override bool Equals(object? obj) => Equals(obj as NationalIdentityNumber);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_digits);

    /// <summary>The kind, and stars.</summary>
    public override string ToString() => $"{Kind} {new string('*', _digits.Length)}";

    private static bool TryReadDate(string digits, out IdentityNumberKind kind, out SyntheticSeries series)
    {
        (kind, series) = (IdentityNumberKind.Fodselsnummer, SyntheticSeries.None);
        if (digits[0] is '8' or '9')
        {
            kind = IdentityNumberKind.FellesHjelpenummer;
            return true;
        }

        var day = int.Parse(digits.AsSpan(0, 2));
        var month = int.Parse(digits.AsSpan(2, 2));
        if (day > 40) (day, kind) = (day - 40, IdentityNumberKind.DNummer);
        switch (month)
        {
            case > 80:
                (month, series) = (month - 80, SyntheticSeries.Tenor);
                break;
            case > 65:
                (month, series) = (month - 65, SyntheticSeries.Nhn);
                break;
            case > 40:
                (month, kind) = (month - 40, IdentityNumberKind.HNummer);
                break;
        }

        // A leap year, because the number no longer tells the century.
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(2024, month);
    }
}
