using System.Text.RegularExpressions;

namespace Vkp.Architecture.Tests;

public partial class GlossaryTests
{
    [Fact]
    public void Every_spelling_that_the_glossary_gives_for_code_occurs_in_code()
    {
        var source = string.Concat(SourceTree.CSharpUnder("src/").Select(SourceTree.Read));
        var wrong = from term in Terms()
                    from Match spelling in Backticked().Matches(term.InCode)
                    where !source.Contains(spelling.Groups["word"].Value, StringComparison.Ordinal)
                    select $"docs/glossary.md: '{term.Norwegian}' is said to be '{spelling.Groups["word"].Value}' in code, where it does not occur";
        Finding.None(wrong);
    }

    [Fact]
    public void Every_term_has_a_source_and_stands_once()
    {
        var terms = Terms().ToList();
        Assert.NotEmpty(terms);
        Finding.None(terms.Where(term => term.Source.Length == 0).Select(term => $"docs/glossary.md: '{term.Norwegian}' has no source"));
        Finding.None(terms.GroupBy(term => term.Norwegian).Where(same => same.Count() > 1).Select(same => $"docs/glossary.md: '{same.Key}' stands twice"));
    }

    private static IEnumerable<(string Norwegian, string InCode, string Source)> Terms() =>
        from line in SourceTree.Read("docs/glossary.md").Split("## The hub's own words")[0].Split('\n')
        let cells = line.Split('|')
        where cells.Length == 6 && !line.Contains("---", StringComparison.Ordinal) && cells[1].Trim() != "Norwegian"
        select (cells[1].Trim(), cells[3].Trim(), cells[4].Trim());

    [GeneratedRegex("`(?<word>[^`]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Backticked();
}
