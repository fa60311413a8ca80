using System.Text;
using Vkp.Fhir.Codes;

namespace Vkp.Adapters.Tests;

/// <summary>Which of a Gerica-style journal system's own service codes a national one stands for: the municipality's partner profile says so, with `%` for any text.</summary>
public class GericaLookUpTests
{
    [Theory]
    [InlineData("%.2.7", true)]
    [InlineData("%.2.3", false)]
    [InlineData("3.2.7", true)]
    [InlineData("3.2", false)]
    [InlineData("3.%", true)]
    [InlineData("3.%.7", true)]
    [InlineData("%2%", true)]
    [InlineData("%", true)]
    [InlineData("%3.2.7%7", false)]
    [InlineData("", false)]
    [InlineData(null, true)]
    public async Task A_patient_is_told_of_when_a_service_fits_the_municipalitys_pattern(string? pattern, bool isFound)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["domain"] = "eksempel", ["key"] = "k", ["service.GPS"] = "9.9.9" };
        if (pattern is not null) settings["service.MD"] = pattern;
        var query = new LookUp("EpisodeOfCare", new SourceIdentifier(IdentifierSystems.Fodselsnummer, "13717404089"), ["MD"], []) { Settings = settings };

        var outcome = await EpjCatalog.All.Single(a => a.Info.Name == "gerica-style").LookUpAsync(query, AnswerAsync, default);

        Assert.Equal(isFound, Assert.IsType<LookUpOutcome.Found>(outcome).Resources.Count == 1);
    }

    /// <summary>The patient's one service, as the journal system names it.</summary>
    private static Task<EpjAnswer> AnswerAsync(EpjRequest request, CancellationToken ct) => Task.FromResult<EpjAnswer>(
        new EpjAnswer.Response(200, "application/json", Encoding.UTF8.GetBytes("""[{"CareserviceId":1,"PlannedAction":"15","ServiceCode":"3.2.7","Name":"Medisindispenser"}]"""), null));
}
