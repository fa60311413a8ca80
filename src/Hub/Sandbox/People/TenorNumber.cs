using System.Globalization;

namespace Vkp.Sandbox;

/// <summary>
/// National identity numbers of the Tenor test series: an ordinary number with 80 added to the birth month. No living
/// person has or can get one, and every receiver can tell it is synthetic.
/// </summary>
public static class TenorNumber
{
    private const int MonthOffset = 80;

    /// <summary>
    /// Computes the eleven digits, or null when the two first parts have no control digit (one in eleven for each).
    /// The digits say nothing true about anyone and nobody should read a birth date out of them.
    /// </summary>
    /// <param name="individual">The three individual digits, 0-499 for births in the twentieth century.</param>
    public static string? Compute(DateOnly born, int individual)
    {
        var nine = string.Create(
            CultureInfo.InvariantCulture,
            $"{born.Day:00}{born.Month + MonthOffset:00}{born.Year % 100:00}{individual:000}");
        if (ControlDigit(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2]) is not { } first) return null;
        if (ControlDigit(nine + first, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) is not { } second) return null;
        return nine + first + second;
    }

    private static char? ControlDigit(string digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * (digits[i] - '0');
        var control = (11 - (sum % 11)) % 11;
        return control == 10 ? null : (char)('0' + control);
    }
}
