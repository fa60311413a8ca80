using FsCheck;
using FsCheck.Fluent;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.Fhir.Tests.Support;
using Vkp.Fhir.Validation;

namespace Vkp.Fhir.Tests.Properties;

public sealed class ReadingProperties
{
    private static readonly Lazy<List<byte[]>> s_small = new(() => [.. Examples.All().Where(x => x.Bytes.Length < 20_000 && !x.Name.StartsWith("SearchParameter", StringComparison.Ordinal)).Select(x => x.Bytes).Take(600)]);

    /// <summary>Whatever is done to a message, reading and checking end with findings, and what was read can be written and read again with the same meaning.</summary>
    [Fact]
    public void Any_damage_is_read_checked_and_written_without_a_throw()
    {
        var damage = from example in Gen.Choose(0, 599)
                     from place in Gen.Choose(0, 100_000)
                     from scrap in Gen.Elements(JsonDamage.Scraps)
                     from lenient in Gen.Elements(true, false)
                     select (example, place, scrap, lenient);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), Prop.ForAll(damage.ToArbitrary(), x =>
        {
            var bytes = JsonDamage.Apply(s_small.Value[x.example % s_small.Value.Count], x.place, x.scrap);
            var result = x.lenient ? FhirJson.ParseLenient(bytes) : FhirJson.ParseStrict(bytes);
            if (result.Resource is null) return;
            FhirValidator.Validate(result.Resource);
            var written = FhirJson.Serialize(result.Resource);
            var again = FhirJson.ParseLenient(written);
            Assert.NotNull(again.Resource);
            Assert.Null(JsonMeaning.Difference(written, FhirJson.Serialize(again.Resource)));
        }));
    }

    [Fact]
    public void A_copy_is_equal_and_shares_nothing()
    {
        foreach (var bytes in s_small.Value)
        {
            var resource = FhirJson.ParseStrict(bytes).Resource!;
            var copy = (Resource)resource.DeepCopy();
            var before = FhirJson.Serialize(copy);
            Assert.Equal(FhirJson.Serialize(resource), before);
            resource.Id = "changed";
            if (resource is DomainResource domain) domain.Extension.Add(new Extension("http://example.org/x", new FhirString("x")));
            Assert.Equal(before, FhirJson.Serialize(copy));
        }
    }

    /// <summary>Every point in time with up to seven decimals survives as text and as a value.</summary>
    [Fact]
    public void Points_in_time_print_and_parse_back()
    {
        var times = from ticks in Gen.Choose(0, int.MaxValue)
                    from more in Gen.Choose(0, 9_999_999)
                    from quarters in Gen.Choose(-48, 56)
                    select new DateTimeOffset(new DateTime(1950, 1, 1).AddSeconds(ticks).AddTicks(more), TimeSpan.FromMinutes(quarters * 15));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(times.ToArbitrary(), time =>
        {
            var text = FhirTime.Format(time);
            Assert.True(FhirFormats.IsInstant(text), text);
            Assert.True(FhirTime.TryParseInstant(text, out var back));
            Assert.Equal((time, time.Offset), (back, back.Offset));
        }));
    }
}
