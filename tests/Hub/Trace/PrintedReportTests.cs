using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Vkp.Cli;
using Vkp.Hub.Tests.Cli;
using Vkp.Hub.Tests.Journeys;
using Vkp.Hub.Trace;

namespace Vkp.Hub.Tests.Trace;

/// <summary>The report as it comes out of a printer: a real browser makes the PDF, and another program reads it.</summary>
public sealed partial class PrintedReportTests(CommandHub vkp) : IClassFixture<CommandHub>
{
    private static readonly string[] Question = ["trace", "--from", "2020-01-01T00:00Z", "--to", "2100-01-01T00:00Z", "--purpose", "tilsyn: blåbær på Ørland"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_is_printed_in_each_language_with_every_word_of_the_page_and_every_message_on_a_page_of_its_own()
    {
        await vkp.JournaledAsync();
        using var another = await vkp.Hub.PostAsync(TestHub.Event("dose.dispensed", person: 1));
        await vkp.FinishedAsync();
        // The reports say who has looked before them, and why.
        await vkp.SaysAsync(Question);

        var said = await Task.WhenAll(new[] { "nb", "nn", "en" }.Select(ReportedAsync));

        Assert.Equal(["Journalført", "Journalført", "Journaled"], said.Zip(["Journalført", "Journalført", "Journaled"], (text, word) => text.Contains(word, StringComparison.Ordinal) ? word : ""));
        Assert.All(said, text => Assert.Contains(Squeezed("blåbær på Ørland"), text, StringComparison.Ordinal));
    }

    /// <summary>What stands on the sheets in one language, held against the page they were printed from.</summary>
    private async Task<string> ReportedAsync(string language)
    {
        var file = vkp.FileOf($"{language}.html");
        await vkp.SaysAsync([.. Question, "--lang", language, "--format", "html", "--out", file]);
        var html = await File.ReadAllTextAsync(file, Ct);

        var pdf = await PrintAsync(html, language);

        var printed = Squeezed(string.Concat(pdf.Pages));
        Assert.All(TextsOf(html), text => Assert.Contains(Squeezed(text), printed, StringComparison.Ordinal));
        List<string> messages = [.. Heading().Matches(html).Select(heading => Squeezed(WebUtility.HtmlDecode(heading.Groups["text"].Value)))];
        Assert.True(messages.Count >= 2);
        Assert.Equal(messages, pdf.Pages.Select(page => messages.FirstOrDefault(message => Squeezed(page).StartsWith(message, StringComparison.Ordinal))).OfType<string>());
        Assert.Equal((language, TextsOf(html)[0]), (pdf.Language, pdf.Title));
        pdf.IsA4WithinItsMargins();
        return printed;
    }

    [Fact]
    public async Task A_command_prints_one_message()
    {
        var id = await vkp.JournaledAsync();
        var file = vkp.FileOf("natt.pdf");

        Assert.Equal("", await vkp.SaysAsync("trace", id.ToString(), "--purpose", "tilsyn: sak 26/114", "--pdf", file));

        var pdf = await PrintedPdf.ReadAsync(file);
        Assert.Contains(id.ToString(), Squeezed(string.Concat(pdf.Pages)), StringComparison.Ordinal);
        Assert.Equal("nb", pdf.Language);
    }

    [Fact]
    public async Task What_a_sender_wrote_is_printed_as_text_whole_and_reaches_nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var elsewhere = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";
        var reach = $"<img src=\"{elsewhere}a\"><script>fetch('{elsewhere}b')</script><link rel=\"stylesheet\" href=\"{elsewhere}c\"><style>@import url({elsewhere}d)</style>";
        var endless = string.Concat(Enumerable.Range(0, 60).Select(number => $"uendelig{number}æøå"));
        ReportPart[] parts =
        [
            new ReportPart.Heading(1, "Prøve"), new ReportPart.Paragraph(endless, reach), new ReportPart.Quote(reach + endless), new ReportPart.Items([endless, reach]),
            new ReportPart.Table(["Når", "Hva"], [["14.02.2026 kl. 03:12:02", endless], ["14.02.2026 kl. 03:12:03", reach]]), new ReportPart.Appendix("Slik det kom", endless + reach),
        ];

        // Three walls: text stays text, the page forbids every browser to fetch anything, and the one that prints reaches nobody even with the text taken at its word.
        var page = ReportPage.ToHtml("Prøve", "nb", parts);
        var printings = await Task.WhenAll(PrintAsync(page, "text"), PrintAsync(WebUtility.HtmlDecode(page), "believed"));

        Assert.False(listener.Pending());
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';", page, StringComparison.Ordinal);
        var pdf = printings[0];
        var printed = Squeezed(string.Concat(pdf.Pages));
        Assert.Equal(5, printed.Split(endless).Length - 1);
        Assert.Equal(5, printed.Split(Squeezed(reach)).Length - 1);
        pdf.IsA4WithinItsMargins();
    }

    private async Task<PrintedPdf> PrintAsync(string html, string name)
    {
        var browser = Browser.Find();
        Assert.True(browser is not null, "No browser to print with. Hint: apt-get install chromium, or run './vkp test', which installs it.");
        var file = vkp.FileOf(name + ".pdf");
        await browser.PrintAsync(html, file, Ct);
        return await PrintedPdf.ReadAsync(file);
    }

    /// <summary>What a reader of the page reads, piece by piece; the title first.</summary>
    private static List<string> TextsOf(string html) =>
        [.. Tag().Split(Style().Replace(html, "")).Select(text => WebUtility.HtmlDecode(text).Trim()).Where(text => text.Length > 0)];

    /// <summary>Without what breaks lines and pages, and with letters that are printed as one written as two.</summary>
    private static string Squeezed(string text) => Space().Replace(text.Normalize(NormalizationForm.FormKC), "");

    [GeneratedRegex("<[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline, 1000)]
    private static partial Regex Style();

    [GeneratedRegex("<h2>(?<text>[^<]*)</h2>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Space();
}
