using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Vkp.Hub.Tests.Trace;

/// <summary>A PDF as another program reads it (`pdfinfo` and `pdftotext`, of poppler).</summary>
/// <param name="Pages">The text of each, in the order it was drawn.</param>
/// <param name="Info">What the PDF says of itself and of every page.</param>
/// <param name="Words">The words with their places, in points from the upper left corner.</param>
internal sealed partial record PrintedPdf(IReadOnlyList<string> Pages, string Info, string Words, string? Language)
{
    /// <summary>18 mm.</summary>
    private const double MarginPoints = 18 / 25.4 * 72;

    public string Title => TitleLine().Match(Info).Groups["title"].Value;

    public static async Task<PrintedPdf> ReadAsync(string file)
    {
        var text = await RunAsync("pdftotext", "-raw", file, "-");
        var raw = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        var pages = text.Split('\f')[..^1];
        return new(
            pages, await RunAsync("pdfinfo", "-f", "1", "-l", pages.Length.ToString(CultureInfo.InvariantCulture), file), await RunAsync("pdftotext", "-bbox", file, "-"),
            LanguageEntry().Match(raw) is { Success: true } found ? found.Groups["language"].Value : null);
    }

    /// <summary>Every sheet is A4, and every word lies within the margins: what would lie beyond would be cut off by the printer.</summary>
    public void IsA4WithinItsMargins()
    {
        var sizes = PageSize().Matches(Info).Select(size => (Width: Number(size, "width"), Height: Number(size, "height"))).ToList();
        Assert.Equal(Pages.Count, sizes.Count);
        // 210 mm x 297 mm, to the millimetre.
        Assert.All(sizes, size => Assert.Equal((210, 297), ((int)Math.Round(size.Width / 72 * 25.4), (int)Math.Round(size.Height / 72 * 25.4))));
        var words = Word().Matches(Words);
        Assert.NotEmpty(words);
        Assert.All(words, word => Assert.True(Number(word, "from") > MarginPoints - 1 && Number(word, "to") < sizes[0].Width - MarginPoints + 1, word.Value));
    }

    private static double Number(Match match, string name) => double.Parse(match.Groups[name].Value, CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, StandardOutputEncoding = Encoding.UTF8 };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            // It remarks on letters it has no word list for; nobody need hear.
            var remarks = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, await remarks);
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Fail($"'{program}' is missing. Hint: apt-get install poppler-utils, or run './vkp test', which installs it.");
            throw;
        }
    }

    [GeneratedRegex(@"^Title: +(?<title>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TitleLine();

    [GeneratedRegex(@"/Lang ?\((?<language>[^)]*)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LanguageEntry();

    [GeneratedRegex(@"^Page +\d+ size: +(?<width>[\d.]+) x (?<height>[\d.]+) pts", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PageSize();

    [GeneratedRegex("<word xMin=\"(?<from>[^\"]*)\" yMin=\"[^\"]*\" xMax=\"(?<to>[^\"]*)\"[^\n]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Word();
}
