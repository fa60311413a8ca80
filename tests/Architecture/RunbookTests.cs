using System.Text.RegularExpressions;

namespace Vkp.Architecture.Tests;

/// <summary>The page for whoever is called at night, against what can call her.</summary>
public partial class RunbookTests
{
    private const string Page = "docs/runbook.md";

    private static readonly string Text = SourceTree.Read(Page);

    private static readonly IReadOnlyList<string> Sources = [.. SourceTree.CSharpUnder("src/").Select(SourceTree.Read)];

    [Fact]
    public void Every_code_the_hub_logs_as_a_warning_or_worse_has_a_row_and_every_row_is_of_such_a_code()
    {
        var logged = Sources.SelectMany(source => Logged().Matches(source).Select(match => match.Groups["code"].Value)).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(logged, RowsOf("## A line in the log").Select(row => row.Trim('`')));
    }

    [Fact]
    public void Every_kind_of_escalation_has_a_row_and_every_gauge_is_named()
    {
        var kinds = Members().Matches(Sources.Single(source => source.Contains("public enum EscalationKind", StringComparison.Ordinal)).Split("public enum EscalationKind")[1].Split('}')[0]);

        Assert.Equal(kinds.Select(kind => kind.Groups["name"].Value.ToLowerInvariant()), RowsOf("## Somebody was called"));
        var gauges = Sources.SelectMany(source => Gauge().Matches(source).Select(match => match.Groups["name"].Value)).Distinct().ToList();
        Assert.NotEmpty(gauges);
        Finding.None(gauges.Where(gauge => !Text.Contains($"`{gauge}`", StringComparison.Ordinal)).Select(gauge => $"{Page} does not name the gauge {gauge}"));
    }

    [Fact]
    public void Every_command_and_option_it_names_is_there()
    {
        var commands = SourceTree.CSharpUnder("src/Hub/Cli/").Select(SourceTree.Read).SelectMany(source => Quoted().Matches(source).Select(match => match.Groups["word"].Value)).ToHashSet(StringComparer.Ordinal);

        var named = Commands().Matches(Text).Select(match => match.Groups["name"].Value).Concat(Options().Matches(Text).Select(match => match.Value)).Distinct().ToList();
        Assert.NotEmpty(named);
        Finding.None(named.Where(name => !commands.Contains(name)).Select(name => $"{Page} names '{name}', which the command line does not have"));
    }

    private static IEnumerable<string> RowsOf(string heading) => Text.Split(heading)[1].Split("\n## ")[0].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).Select(line => line.Split('|')[1].Trim());

    [GeneratedRegex("Log(Warning|Error|Critical)\\([^;]*?\"(?<code>VKP-[0-9]{3}) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Logged();

    [GeneratedRegex("^    (?<name>[A-Z][A-Za-z]*),", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Members();

    [GeneratedRegex("CreateObservableGauge\\(\\s*\"(?<name>vkp_[a-z_]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Gauge();

    [GeneratedRegex("\"(?<word>-{0,2}[a-z][a-z-]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex("`vkp (?<name>[a-z-]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Commands();

    [GeneratedRegex("--[a-z][a-z-]*", RegexOptions.None, 1000)]
    private static partial Regex Options();
}
