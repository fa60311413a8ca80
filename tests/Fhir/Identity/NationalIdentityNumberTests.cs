using Vkp.Fhir.Codes;

namespace Vkp.Fhir.Tests.Identity;

/// <summary>All numbers here are of synthetic series; the official vectors of 2032 have a file of their own.</summary>
public sealed class NationalIdentityNumberTests
{
    [Theory]
    [MemberData(nameof(OfficialVectors2032.All), MemberType = typeof(OfficialVectors2032))]
    public void Official_vectors_of_2032_are_read(string digits, bool onlyByTheNewRule)
    {
        Assert.True(NationalIdentityNumber.TryParse(digits, out var number));
        Assert.Equal(onlyByTheNewRule, number.ByRuleOf2032);
        Assert.Equal(IdentityNumberKind.Fodselsnummer, number.Kind);
    }

    [Theory]
    [InlineData("13816910034", IdentityNumberKind.Fodselsnummer, SyntheticSeries.Tenor, IdentifierSystems.Fodselsnummer)]
    [InlineData("13666910189", IdentityNumberKind.Fodselsnummer, SyntheticSeries.Nhn, IdentifierSystems.Fodselsnummer)]
    [InlineData("53816910028", IdentityNumberKind.DNummer, SyntheticSeries.Tenor, IdentifierSystems.DNummer)]
    public void Kind_and_series_are_told_apart(string digits, IdentityNumberKind kind, SyntheticSeries series, string system)
    {
        Assert.True(NationalIdentityNumber.TryParse(digits, out var number));
        Assert.Equal((kind, series, system), (number.Kind, number.Series, number.System));
        Assert.Equal(digits, number.Reveal());
    }

    [Fact]
    public void Series_without_a_synthetic_mark_are_told_apart_too()
    {
        // Composed here, so that no whole number that could be a person's stands in the repository.
        Assert.Equal(IdentityNumberKind.HNummer, Parse("134169", "10051").Kind);
        Assert.Equal(IdentityNumberKind.FellesHjelpenummer, Parse("813169", "10041").Kind);
        Assert.Equal(IdentityNumberKind.DufNummer, Parse("201512", "345600").Kind);

        static NationalIdentityNumber Parse(string first, string last) => NationalIdentityNumber.TryParse(first + last, out var number) ? number : throw new InvalidOperationException(first);
    }

    [Theory]
    [InlineData("13816910035")]
    [InlineData("13816910044")]
    [InlineData("1381691003")]
    [InlineData("13816910034 ")]
    [InlineData("1381691003a")]
    [InlineData("32816910034")]
    [InlineData("")]
    [InlineData(null)]
    public void Wrong_form_or_control_digits_are_refused(string? text) => Assert.False(NationalIdentityNumber.TryParse(text, out _));

    [Fact]
    public void Environment_decides_on_synthetic_numbers()
    {
        Assert.True(NationalIdentityNumber.TryParse("13816910034", out var tenor));
        Assert.True(NationalIdentityNumber.TryParse(OfficialVectors2032.AlsoByTheOldRule, out var ordinary));
        Assert.True(NationalIdentityNumber.TryParse("134169" + "10051", out var hospital));

        Assert.False(tenor!.JudgeFor(IdentityEnvironment.Production).IsAllowed);
        Assert.True(tenor.JudgeFor(IdentityEnvironment.Test).IsAllowed);
        Assert.True(ordinary!.JudgeFor(IdentityEnvironment.Production).IsAllowed);
        Assert.False(ordinary.JudgeFor(IdentityEnvironment.Test).IsAllowed);
        Assert.NotNull(hospital!.JudgeFor(IdentityEnvironment.Production).Reason);
        Assert.True(hospital.JudgeFor(IdentityEnvironment.Production).IsAllowed);
    }

    [Fact]
    public void It_prints_masked_in_every_way_text_is_made()
    {
        Assert.True(NationalIdentityNumber.TryParse("13816910034", out var number));

        Assert.Equal("Fodselsnummer ***********", $"{number}");
        Assert.DoesNotContain("1381", System.Text.Json.JsonSerializer.Serialize(number), StringComparison.Ordinal);
        Assert.DoesNotContain(typeof(NationalIdentityNumber).GetProperties(), x => x.Name is "BirthDate" or "Sex" or "Gender");
    }

    [Theory]
    [InlineData("312229544", true)]
    [InlineData("312229545", false)]
    [InlineData("31222954", false)]
    public void Organisation_numbers_have_a_control_digit(string digits, bool isRight) => Assert.Equal(isRight, ControlDigits.IsOrganisationNumber(digits));
}
