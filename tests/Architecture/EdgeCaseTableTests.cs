using System.Text.RegularExpressions;

namespace Vkp.Architecture.Tests;

/// <summary>The table of cases from the field names tests; a test that is renamed or removed shows here.</summary>
public partial class EdgeCaseTableTests
{
    private const string Table = "docs/edge-cases.md";

    [Fact]
    public void Every_case_has_a_number_and_a_test_that_exists()
    {
        var tests = SourceTree.CSharpUnder("tests/").SelectMany(file => TestName().Matches(SourceTree.Read(file)).Select(match => match.Groups["name"].Value)).ToHashSet(StringComparer.Ordinal);
        var rows = SourceTree.Read(Table).Split('\n').Where(line => Row().IsMatch(line)).ToList();
        var named = rows.SelectMany(row => Named().Matches(row).Select(match => match.Groups["name"].Value)).ToList();

        Assert.Equal(Enumerable.Range(1, 30), rows.Select(NumberOf));
        Finding.None(rows.Where(row => !Named().IsMatch(row)).Select(row => $"no test is named in: {row}"));
        Finding.None(rows.Where(row => !Named().Matches(row).Any(match => match.Groups["name"].Value.StartsWith($"Edge_case_{NumberOf(row):00}_", StringComparison.Ordinal))).Select(row => $"no test is named after the case: {row}"));
        Finding.None(tests.Where(name => name.StartsWith("Edge_case_", StringComparison.Ordinal)).Except(named, StringComparer.Ordinal).Select(name => $"{Table} does not name {name}"));
        Finding.None(named.Where(name => !tests.Contains(name)).Select(name => $"{Table} names the test {name}, which does not exist"));
    }

    private static int NumberOf(string row) => int.Parse(Row().Match(row).Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| (?<number>[0-9]+) \|", RegexOptions.None, 1000)]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?<name>[A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`", RegexOptions.None, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"public (?:static )?(?:async Task|Task|void) (?<name>[A-Z][A-Za-z0-9_]+)\(", RegexOptions.None, 1000)]
    private static partial Regex TestName();
}
