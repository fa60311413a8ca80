namespace Vkp.Fhir;

/// <summary>The modulus-11 rules of Norwegian numbers.</summary>
public static class ControlDigits
{
    private static readonly int[] s_first = [3, 7, 6, 1, 8, 9, 4, 5, 2];
    private static readonly int[] s_second = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    private static readonly int[] s_organisation = [3, 2, 7, 6, 5, 4, 3, 2];

    /// <summary>
    /// Both control digits of an 11-digit number. By the rule of 2032 the first one may be any of four: 11, 12, 13 or 14 less the weighted sum
    /// modulo 11; the second is unchanged.
    /// </summary>
    /// <param name="byRuleOf2032">True when the first digit is right only by the new rule.</param>
    public static bool AreRight(ReadOnlySpan<char> digits, out bool byRuleOf2032)
    {
        var first = (Sum(digits, s_first) + (digits[9] - '0')) % 11;
        byRuleOf2032 = first is >= 1 and <= 3;
        return first <= 3 && (Sum(digits, s_second) + (digits[10] - '0')) % 11 == 0;
    }

    /// <summary>Nine digits whose last is the control digit: an organisation number.</summary>
    public static bool IsOrganisationNumber(ReadOnlySpan<char> digits) =>
        digits.Length == 9 && digits.IndexOfAnyExceptInRange('0', '9') < 0 && (Sum(digits, s_organisation) + (digits[8] - '0')) % 11 == 0;

    /// <summary>One to nine digits without a leading zero: an HPR number has no control digit.</summary>
    public static bool IsHprNumber(ReadOnlySpan<char> digits) => digits.Length is >= 1 and <= 9 && digits[0] != '0' && digits.IndexOfAnyExceptInRange('0', '9') < 0;

    private static int Sum(ReadOnlySpan<char> digits, int[] weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++) sum += (digits[i] - '0') * weights[i];
        return sum;
    }
}
