using Vkp.Fhir.Definitions;
using Vkp.Fhir.FhirPath;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Fhir.Tests.FhirPath;

/// <summary>http://hl7.org/fhirpath/N1, the part that R4 uses.</summary>
public sealed class FhirPathTests
{
    private static readonly Patient s_patient = (Patient)FhirJson.ParseStrict("""
        {"resourceType":"Patient","active":true,"birthDate":"1950-06","multipleBirthInteger":2,"name":[{"use":"official","given":["Kari","Anne"],"family":"Test"},{"given":["K"]}],"contact":[{"name":{"family":"A"}},{"gender":"female"}]}
        """u8.ToArray()).Resource!;

    [Theory]
    [InlineData("name.given", "Kari,Anne,K")]
    [InlineData("Patient.name.where(use = 'official').family", "Test")]
    [InlineData("name.given.first() & name.first().family", "KariTest")]
    [InlineData("name.given.count() = 3", "true")]
    [InlineData("active and (multipleBirth as integer) > 1", "true")]
    [InlineData("multipleBirth is boolean", "false")]
    [InlineData("name.all(given.exists())", "true")]
    [InlineData("name.exists(family = 'Nobody') or name.tail().family.empty()", "true")]
    [InlineData("birthDate = @1950-06-01", "")]
    [InlineData("birthDate < @1951", "true")]
    [InlineData("(1 | 2 | 2).count()", "2")]
    [InlineData("2 + 3 * 4 - 1", "13")]
    [InlineData("7 div 2 + 7 mod 2", "4")]
    [InlineData("'abc'.substring(1, 1).upper()", "B")]
    [InlineData("'2026-11'.matches('^[0-9]{4}-[0-9]{2}$')", "true")]
    [InlineData("{} implies false", "")]
    [InlineData("false implies {}", "true")]
    [InlineData("({} and false) = false", "true")]
    [InlineData("name[1].given[0]", "K")]
    [InlineData("iif(active, 'on', 'off')", "on")]
    [InlineData("contact.gender in ('male' | 'female')", "true")]
    [InlineData("name.given.isDistinct()", "true")]
    [InlineData("descendants().where($this is string).count()", "7")]
    [InlineData("%resource.id.empty() and %ucum = 'http://unitsofmeasure.org'", "true")]
    public void Expressions_give_what_the_specification_says(string expression, string expected) =>
        Assert.Equal(expected, string.Join(',', FhirPathExpression.Compile(expression).Evaluate(s_patient).Select(PathValue.ToText)));

    [Theory]
    [InlineData("name.memberOf('http://x')")]
    [InlineData("now()")]
    [InlineData("%unknown")]
    [InlineData("name.where(")]
    [InlineData("name..given")]
    [InlineData("birthDate + 1 year")]
    public void What_is_not_supported_is_refused_when_compiling(string expression) => Assert.Throws<FhirPathException>(() => FhirPathExpression.Compile(expression));

    [Fact]
    public void Every_invariant_of_the_model_compiles()
    {
        var invariants = TypeDefinition.All.SelectMany(x => x.Invariants.Concat(x.Elements.SelectMany(e => e.Invariants))).DistinctBy(x => x.Key + x.Expression).ToList();

        Assert.InRange(invariants.Count, 140, 1000);
        Assert.All(invariants, x => FhirPathExpression.Compile(x.Expression));
    }

    [Fact]
    public void Every_search_parameter_of_the_model_compiles()
    {
        var compiled = 0;
        foreach (var (name, bytes) in Support.Examples.All().Where(x => x.Name.StartsWith("SearchParameter-", StringComparison.Ordinal)))
        {
            var parameter = (SearchParameter)FhirJson.ParseStrict(bytes).Resource!;
            if (parameter.Expression is null || parameter.Base.All(x => TypeDefinition.Find(x!) is null)) continue;
            var fault = Record.Exception(() => FhirPathExpression.Compile(parameter.Expression));
            Assert.True(fault is null, $"{name}: {fault?.Message}");
            compiled++;
        }

        Assert.InRange(compiled, 400, 2000);
    }
}
