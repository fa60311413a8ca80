using System.Text.RegularExpressions;
using Vkp.Cli;
using Vkp.Cli.Admin;
using Vkp.Cli.Up;

namespace Vkp.EndToEnd.Tests;

/// <summary>Signing in at the sandbox's issuer by the device grant, and what the commands are then.</summary>
[Collection(CommandsOnOneHub.Name)]
public sealed partial class SignInTests(SandboxHub sandbox) : IDisposable
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The hub is others' too, and they act as the machine.</summary>
    public void Dispose() => sandbox.Directory.ForgetSignIn();

    [Fact]
    public async Task A_person_signs_in_in_the_browser_and_commands_act_as_her_until_she_signs_out()
    {
        var oda = await SignInAsync("sandbox-oda");
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(sandbox.Directory.Path, "login.json")));

        var (exported, refused) = await sandbox.RunAsync("export", SandboxFile.OrgNo, "Observation", "--out", Path.Combine(sandbox.Directory.Path, "none"), "--purpose", "arkiv: prøve");
        Assert.Equal(65, exported);
        Assert.StartsWith("VKP-820", refused, StringComparison.Ordinal);
        var (opened, access) = await sandbox.RunAsync("break-glass", "open", SandboxFile.OrgNo, "--reason", "Alarm uten navn, hun svarer ikke");
        Assert.True(opened == 0, access);
        Assert.Contains("open  sandbox-oda", access, StringComparison.Ordinal);

        sandbox.Directory.Keep(oda with { ExpiresAt = TimeProvider.System.GetUtcNow() });
        var (over, again) = await sandbox.RunAsync("status");
        Assert.Equal(77, over);
        Assert.StartsWith("VKP-926", again, StringComparison.Ordinal);

        await SignInAsync("sandbox-berit");
        var (listed, staff) = await sandbox.RunAsync("staff", "list", SandboxFile.OrgNo);
        Assert.True(listed == 0, staff);
        Assert.Contains("administrasjon sandbox-anders", staff, StringComparison.Ordinal);
        Assert.Contains($"+ role overvåkning for sandbox-oda", staff, StringComparison.Ordinal);

        Assert.True(sandbox.Directory.ForgetSignIn());
        var (machine, status) = await sandbox.RunAsync("status");
        Assert.True(machine == 0, status);
    }

    /// <summary>As `vkp login` does it; the person chooses herself on the issuer's page as soon as it is named.</summary>
    private async Task<SignIn> SignInAsync(string subject)
    {
        using var http = new HttpClient();
        var chosen = Task.CompletedTask;
        var signIn = await new DeviceSignIn(http, TimeProvider.System).RunAsync(sandbox.Hub.Running.Staff!, line => chosen = ChooseAsync(http, Page().Match(line), subject), Ct);
        await chosen;
        Assert.Equal(subject, signIn.Subject);
        sandbox.Directory.Keep(signIn);
        return signIn;
    }

    private static async Task ChooseAsync(HttpClient http, Match page, string subject)
    {
        using var form = new FormUrlEncodedContent([new("user_code", page.Groups["code"].Value), new("subject", subject)]);
        using var answer = await http.PostAsync(new Uri(page.Groups["page"].Value), form, Ct);
        Assert.True(answer.IsSuccessStatusCode);
    }

    [GeneratedRegex(@"(?<page>http://\S+/device)\?user_code=(?<code>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Page();
}
