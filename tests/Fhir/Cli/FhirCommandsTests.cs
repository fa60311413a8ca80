using System.CommandLine;
using System.Text.Json.Nodes;
using Vkp.Cli;
using Vkp.Cli.Fhir;
using Vkp.Fhir.Tests.Support;

namespace Vkp.Fhir.Tests.Cli;

public sealed class FhirCommandsTests
{
    private static readonly string s_sample = Path.Combine(OfficialPackage.Root, "contracts", "samples", "nhn-vkp-samples", "Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json");

    private static readonly string s_profiles = Path.Combine(OfficialPackage.Root, "contracts", "fhir", "vkp-r4");

    [Fact]
    public void Exit_code_is_the_worst_severity()
    {
        Assert.Equal(0, Run("validate", Path.Combine(s_profiles, "vkp-Composition-v090", "valid.json")).ExitCode);
        Assert.Equal(1, Run("validate", s_sample, "--lenient").ExitCode);
        Assert.Equal(2, Run("validate", s_sample).ExitCode);
        Assert.Equal(2, Run("validate", s_profiles).ExitCode);
        Assert.Equal(3, Run("validate", "no-such-file.json").ExitCode);
    }

    [Fact]
    public void Json_gives_one_OperationOutcome_per_file()
    {
        var lines = Run("validate", s_sample, Path.Combine(s_profiles, "vkp-Composition-v090", "valid.json"), "--json").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, lines.Length);
        Assert.All(lines, x => Assert.Equal("OperationOutcome", (string?)JsonNode.Parse(x)!["outcome"]!["resourceType"]));
        Assert.Contains("VKP-209", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_named_on_the_command_line_is_checked_too()
    {
        var patient = Path.Combine(s_profiles, "vkp-Composition-v090", "valid.json");

        Assert.Equal(2, Run("validate", patient, "--profile", "vkp-DetectedIssue-v090").ExitCode);
        Assert.Equal(3, Run("validate", patient, "--profile", "no-such-profile").ExitCode);
    }

    [Fact]
    public void Explain_prints_the_rules_and_lists_the_profiles()
    {
        var rules = Run("explain", "vkp-DetectedIssue-v090");

        Assert.Equal(0, rules.ExitCode);
        Assert.Contains("DetectedIssue.code: required; codes must be from http://ehelse.no/fhir/ValueSet/vkp-alert-code-v090", rules.Output, StringComparison.Ordinal);
        Assert.Contains("http://hl7.org/fhir/StructureDefinition/bp", Run("explain").Output, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Output) Run(params string[] args)
    {
        var root = new RootCommand { FhirCommands.Create() };
        root.Add(Shared.Json);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = root.Parse(["fhir", .. args]).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (exitCode, output.ToString());
    }
}
