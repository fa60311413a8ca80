using System.CommandLine;

namespace Vkp.Cli.Admin;

/// <summary>`vkp login` and `vkp logout`: who is at this command line.</summary>
public static class LoginCommand
{
    public static Command CreateLogin()
    {
        var hub = new Option<Uri?>("--hub") { Description = "A hub elsewhere (default: the one on this data directory)", CustomParser = given => CommandException.Address(given.Tokens[0].Value) };
        var issuer = new Option<Uri?>("--issuer") { Description = "The staff issuer (default: the one the hub names)", CustomParser = given => CommandException.Address(given.Tokens[0].Value) };
        var client = new Option<string>("--client") { Description = "The client you sign in with there", DefaultValueFactory = _ => Hub.Staff.StaffOptions.DefaultClient };
        var audience = new Option<string>("--audience") { Description = "What the token is for", DefaultValueFactory = _ => Hub.Staff.StaffOptions.DefaultAudience };
        var command = new Command("login", "Sign in in a browser; commands then act as you") { hub, issuer, client, audience };
        command.SetAction(async (parsed, ct) =>
        {
            var directory = Shared.DirectoryOf(parsed);
            var where = parsed.GetValue(issuer) is { } given
                ? new StaffIssuer(given, parsed.GetRequiredValue(client), parsed.GetRequiredValue(audience))
                : directory.Find()?.Staff ?? throw CommandException.NobodySignsIn();
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = 1 << 20 };
            var signIn = await new DeviceSignIn(http, TimeProvider.System).RunAsync(where, Console.Error.WriteLine, ct) with { Hub = parsed.GetValue(hub) };
            directory.Keep(signIn);
            Console.WriteLine($"signed in until {signIn.ExpiresAt.ToLocalTime():HH:mm} as subject {signIn.Subject} of {signIn.Issuer}");
            return 0;
        });
        return command;
    }

    public static Command CreateLogout()
    {
        var command = new Command("logout", "Forget who has signed in here");
        command.SetAction(parsed => Console.WriteLine(Shared.DirectoryOf(parsed).ForgetSignIn() ? "signed out" : "nobody was signed in"));
        return command;
    }
}
