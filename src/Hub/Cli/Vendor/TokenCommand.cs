using System.CommandLine;
using System.Text.Json;

namespace Vkp.Cli.Vendor;

/// <summary>`vkp token`: an access token of the sandbox's issuer, for curl.</summary>
public static class TokenCommand
{
    public static Command Create()
    {
        var client = new Option<string>("--client") { Description = string.Join(", ", DemoClient.All.Select(c => c.Id)), DefaultValueFactory = _ => DemoClient.Dispensers.Id };
        var command = new Command("token", "Fetch an access token from the sandbox's issuer, for use with curl") { client };
        command.SetAction(async (parsed, ct) =>
        {
            var directory = Shared.DirectoryOf(parsed);
            var running = directory.Find() ?? throw CommandException.NoHub(directory.Path);
            var demo = DemoClient.Find(parsed.GetRequiredValue(client));
            using var http = new HttpClient();
            var token = await demo.Open(directory).FetchTokenAsync(http, running.Issuer ?? throw CommandException.NoSandbox(), demo.Scopes, ct);
            Console.WriteLine(parsed.GetValue(Shared.Json)
                ? $"{{\"accessToken\":{JsonSerializer.Serialize(token.Value)},\"expiresAt\":\"{token.ExpiresAt:O}\"}}"
                : token.Value);
            return 0;
        });
        return command;
    }
}
