using System.ComponentModel;
using System.Diagnostics;
using Vkp.Cli.Doctor;

namespace Vkp.Cli;

/// <summary>
/// An installed Chromium, Chrome or Edge as a printer: a page becomes a PDF as its own style says. It is given a profile of its own and no way out: no name resolves
/// for it, and page, profile and what it makes of them lie in a folder that only this account reads and that is gone when it is done.
/// </summary>
public sealed class Browser
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"];
    private static readonly string[] Places = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private Browser(string program) => Program = program;

    public string Program { get; }

    /// <summary>The first in PATH, or where macOS keeps them; null when none is installed. None is started: a browser asked for its version may open a profile.</summary>
    public static Browser? Find() => (Programs.InPath(Names) ?? Places.FirstOrDefault(File.Exists)) is { } program ? new Browser(program) : null;

    /// <summary>Prints a page, which may stand in no other file, and puts the PDF where it is wanted in one go.</summary>
    /// <exception cref="CommandException">VKP-909 when the browser fails, or has not printed within a minute; then there is no file.</exception>
    public async Task PrintAsync(string html, string file, CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("vkp-print-").FullName;
        try
        {
            var (page, printed) = (Path.Combine(folder, "page.html"), Path.Combine(folder, "page.pdf"));
            await File.WriteAllTextAsync(page, html, ct);
            var ended = await RunAsync(Arguments(folder, page, printed), ct);
            if (!File.Exists(printed)) throw CommandException.NotPrinted(Program, ended);
            File.Move(printed, file, overwrite: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Arguments(string folder, string page, string printed) =>
    [
        // Shared memory of a container is often too small for a page, and the browser ends without a word.
        "--disable-dev-shm-usage",
        "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-extensions", "--host-resolver-rules=MAP * ~NOTFOUND",
        // As root it does not start with its sandbox; the page runs no script and fetches nothing.
        .. Environment.IsPrivilegedProcess ? (string[])["--no-sandbox"] : [],
        $"--user-data-dir={Path.Combine(folder, "profile")}", "--no-pdf-header-footer", $"--print-to-pdf={printed}", new Uri(page).AbsoluteUri,
    ];

    /// <returns>How it ended, for whoever has to find out why.</returns>
    private async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken ct)
    {
        var start = new ProcessStartInfo(Program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            using var process = Process.Start(start)!;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(Patience);
            try
            {
                process.StandardInput.Close();
                var said = Task.WhenAll(process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
                await process.WaitForExitAsync(limit.Token);
                await said;
                return $"it ended with exit code {process.ExitCode}";
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                return $"it had not ended after {Patience.TotalSeconds:0} s";
            }
            finally
            {
                // Its helpers too: they would write into the folder that is removed.
                if (!process.HasExited)
                {
                    process.Kill(entireProcessTree: true);
                    await process.WaitForExitAsync(CancellationToken.None);
                }
            }
        }
        catch (Win32Exception fault)
        {
            return $"it could not be started ({fault.NativeErrorCode})";
        }
    }
}
