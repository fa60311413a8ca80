using Vkp.Hub.Staff;
using Vkp.Sandbox;

namespace Vkp.Hub.Tests.Staff;

public class PurposeTests
{
    [Theory]
    [InlineData("tilsyn: sak 26/114", "tilsyn: sak 26/114", "HCOMPL")]
    [InlineData("behandling:fall i natt", "behandling: fall i natt", "TREAT")]
    [InlineData("innsyn%3A%20p%C3%A5%20foresp%C3%B8rsel", "innsyn: på forespørsel", "PATRQT")]
    public void A_code_and_words_are_a_purpose(string header, string purpose, string code)
    {
        Assert.Equal((purpose, null), Purpose.Read(header));
        Assert.Equal(code, Purpose.CodeOf(purpose)!.Code);
    }

    [Theory]
    [InlineData("sak 26/114")]
    [InlineData("tilsyn")]
    [InlineData("tilsyn: x")]
    [InlineData("nysgjerrig: sak 26/114")]
    [InlineData("nodtilgang: sak 26/114")]
    [InlineData("tilsyn: sak%0a26/114")]
    public void Anything_else_is_none(string header) => Assert.Equal("VKP-821", Purpose.Read(header).Error!.Code);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("-")]
    public void An_identity_number_is_no_purpose_however_it_is_written(string between)
    {
        var number = SyntheticPeople.All[0].NationalId;

        var (purpose, error) = Purpose.Read($"tilsyn: gjelder {number[..6]}{between}{number[6..]} i går");

        Assert.Null(purpose);
        Assert.DoesNotContain(number[..6], error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_more_than_two_hundred_characters_is_no_purpose() =>
        Assert.Equal((null, "VKP-821"), (Purpose.Read("tilsyn: " + new string('a', 201)).Purpose, Purpose.Read("tilsyn: " + new string('a', 201)).Error?.Code));

    [Fact]
    public void Without_a_header_there_is_no_purpose_and_no_fault() => Assert.Equal((null, null), Purpose.Read(""));

    [Fact]
    public void What_a_broken_glass_opened_is_told_so() =>
        Assert.Equal("BTG", Purpose.CodeOf(Purpose.ByBrokenGlass("behandling: fall i natt"))!.Code);
}
