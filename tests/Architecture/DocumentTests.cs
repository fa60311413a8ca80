using System.Text.RegularExpressions;

namespace Vkp.Architecture.Tests;

public partial class DocumentTests
{
    [Fact]
    public void Every_link_within_the_repository_leads_somewhere()
    {
        var broken = from file in Documents()
                     from Match link in RelativeLink().Matches(SourceTree.Read(file))
                     let target = Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(file)!, link.Groups["path"].Value))[1..]
                     where target.Length > 0 && !SourceTree.Files.Any(other => other == target || other.StartsWith(target.TrimEnd('/') + "/", StringComparison.Ordinal))
                     select $"{file} links to {link.Groups["path"].Value}, which does not exist";
        Finding.None(broken);
    }

    [Fact]
    public void Decisions_are_numbered_without_doubles_and_say_their_status()
    {
        var decisions = SourceTree.Files.Where(file => file.StartsWith("docs/adr/0", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(decisions);
        Finding.None(decisions.GroupBy(file => file["docs/adr/".Length..][..4]).Where(same => same.Count() > 1).Select(same => $"docs/adr: number {same.Key} is used {same.Count()} times"));
        Finding.None(from file in decisions
                     let text = SourceTree.Read(file)
                     from part in (string[])["tatus", "## Context", "## Decision", "## Consequences"]
                     where !text.Contains(part, StringComparison.Ordinal)
                     select $"{file} lacks '{part}'");
    }

    private static IEnumerable<string> Documents() => SourceTree.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal) && !file.StartsWith("contracts/samples/", StringComparison.Ordinal));

    [GeneratedRegex(@"\]\((?<path>(?!https?:|mailto:|#)[^)\s#]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RelativeLink();
}
