using Vkp.Adapters;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Tests.Registry;

public class DestinationSettingsTests
{
    private static readonly IEpjAdapter Gerica = EpjCatalog.Find("gerica-style")!;

    private static Dictionary<string, string> Good => new() { ["domain"] = "eksempel", ["key"] = "env:GERICA_KEY", ["journalType"] = "101", ["employeeId"] = "900" };

    private static Dictionary<string, string> Token => new() { ["tokenIssuer"] = "https://issuer.example.org", ["tokenClient"] = "hub", ["tokenKey"] = "env:EPJ_TOKEN_KEY", ["tokenScope"] = "journal.write", ["tokenUse"] = "bearer" };

    [Fact]
    public void Settings_an_adapter_asks_for_are_taken() => Assert.Empty(DestinationSettings.Check(Good, Gerica, "settings"));

    [Fact]
    public void A_member_of_a_family_of_settings_is_taken_and_a_stranger_is_not()
    {
        var given = Good;
        given["journalType.MD"] = "135";
        Assert.Empty(DestinationSettings.Check(given, Gerica, "settings"));

        given["journaltype"] = "135";
        Assert.Contains("journaltype", Assert.Single(DestinationSettings.Check(given, Gerica, "settings")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_told_all_at_once() =>
        Assert.Equal(Gerica.Settings.Count(s => s.IsRequired), DestinationSettings.Check(new Dictionary<string, string>(), Gerica, "settings").Count());

    [Fact]
    public void A_secret_in_plain_is_refused_and_not_repeated()
    {
        var given = Good;
        given["key"] = "hemmelig-1234";
        Assert.DoesNotContain("hemmelig", Assert.Single(DestinationSettings.Check(given, Gerica, "settings")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_is_read_from_the_environment_and_left_out_when_it_is_not_there()
    {
        Assert.Equal("s3cret", DestinationSettings.Resolve(Good, name => name == "GERICA_KEY" ? "s3cret" : null)["key"]);
        Assert.False(DestinationSettings.Resolve(Good, _ => null).ContainsKey("key"));
        Assert.Equal("101", DestinationSettings.Resolve(Good, _ => null)["journalType"]);
    }

    [Theory]
    [InlineData("tokenClient", null, "tokenClient")]
    [InlineData("tokenKey", "{\"kty\":\"EC\",\"d\":\"hemmelig\"}", "tokenKey")]
    [InlineData("tokenIssuer", "http://issuer.example.org", "tokenIssuer")]
    [InlineData("tokenUse", "mtls", "tokenUse")]
    public void Half_a_set_of_settings_or_a_key_in_plain_is_refused_and_not_repeated(string name, string? value, string place)
    {
        var given = Token;
        Assert.Empty(DestinationSettings.Check(given, EpjCatalog.Find("fhir-messaging")!, "at"));
        given.Remove(name);
        if (value is not null) given[name] = value;

        var error = Assert.Single(DestinationSettings.Check(given, EpjCatalog.Find("fhir-messaging")!, "at"));

        Assert.Equal(("VKP-402", $"at.{place}"), (error.Code, error.Path));
        Assert.DoesNotContain("hemmelig", error.ToString(), StringComparison.Ordinal);
    }
}
