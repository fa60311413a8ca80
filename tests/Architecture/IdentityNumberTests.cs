using System.Text.RegularExpressions;

namespace Vkp.Architecture.Tests;

/// <summary>
/// No real person's national identity number stands anywhere in the repository. A number that passes the control digits must carry a synthetic
/// offset in its month (+40 and +80 of the tax authority's test population, +65 of the health network's).
/// </summary>
public partial class IdentityNumberTests
{
    /// <summary>The official test numbers for the control digits of 2032 are published and belong to nobody, but carry no offset.</summary>
    private const string OfficialVectors = "tests/Fhir/Identity/OfficialVectors2032.cs";

    [Fact]
    public void No_number_in_the_repository_could_be_a_real_persons()
    {
        var found = from file in SourceTree.TextFiles
                    where file != OfficialVectors && !SourceTree.IsGenerated(file)
                    let text = SourceTree.Read(file)
                    from Match match in ElevenDigits().Matches(text)
                    where CouldBeReal(match.Value)
                    select $"{file}:{text.AsSpan(0, match.Index).Count('\n') + 1} holds an 11-digit number with valid control digits and no synthetic offset: use a synthetic person (month + 80)";
        Finding.None(found);
    }

    [Theory]
    [InlineData("01", 1, true)]
    [InlineData("41", 1, true)]
    [InlineData("01", 41, false)]
    [InlineData("01", 66, false)]
    [InlineData("01", 81, false)]
    public void The_check_sees_a_planted_number(string day, int month, bool real)
    {
        // Composed here, because a real-looking number written down would be found by the test above.
        var number = Enumerable.Range(0, 1000).Select(individual => Complete($"{day}{month:00}20{individual:000}")).First(n => n is not null)!;
        Assert.Equal(real, CouldBeReal(number));
        Assert.Single(ElevenDigits().Matches($"\"value\": \"{number}\""));
    }

    private static bool CouldBeReal(string number)
    {
        var month = ((number[2] - '0') * 10) + (number[3] - '0');
        if (month is (>= 41 and <= 52) or (>= 66 and <= 77) or (>= 81 and <= 92)) return false;
        return Remainder(number, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) <= 3 && Remainder(number, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) == 0;
    }

    /// <summary>The weighted sum modulo 11. The first digit's may be 0 to 3 from 2032 on, so that more numbers exist; the second's is always 0.</summary>
    private static int Remainder(string number, int[] weights) => weights.Select((weight, i) => weight * (number[i] - '0')).Sum() % 11;

    private static string? Complete(string nine)
    {
        var first = (11 - Remainder(nine + "0", [3, 7, 6, 1, 8, 9, 4, 5, 2, 0])) % 11;
        if (first == 10) return null;
        var ten = $"{nine}{first}";
        var second = (11 - Remainder(ten + "0", [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 0])) % 11;
        return second == 10 ? null : $"{ten}{second}";
    }

    // Digits inside a longer word, a hash, base64 or a decimal fraction are no identity number.
    [GeneratedRegex(@"(?<![0-9A-Za-z+/=_]|\d\.)\d{11}(?![0-9A-Za-z+/=_])", RegexOptions.None, 5000)]
    private static partial Regex ElevenDigits();
}
