using System.CommandLine;
using System.Text.Json;
using Vkp.Sandbox;

namespace Vkp.Cli.Vendor;

/// <summary>`vkp token`: an access token of the sandbox's issuer, for curl; with `--for` the whole headers of one request, a proof among them where one is needed.</summary>
public static class TokenCommand
{
    public static Command Create()
    {
        var client = new Option<string>("--client") { Description = string.Join(", ", DemoClient.Known.Select(c => c.Id)), DefaultValueFactory = _ => DemoClient.Dispensers.Id };
        var request = new Option<string?>("--for") { Description = "A request, 'POST v1/Composition': prints its headers, for 'curl -H @-'" };
        var command = new Command("token", "Fetch an access token from the sandbox's issuer, for use with curl") { client, request };
        command.SetAction(async (parsed, ct) =>
        {
            var directory = Shared.DirectoryOf(parsed);
            var running = directory.Find() ?? throw CommandException.NoHub(directory.Path);
            var demo = DemoClient.Find(parsed.GetRequiredValue(client));
            using var http = new HttpClient();
            var holder = demo.Open(directory);
            var token = await demo.FetchTokenAsync(holder, http, running.Issuer ?? throw CommandException.NoSandbox(), ct);
            var proof = parsed.GetValue(request) is { } asked ? ProofFor(asked, holder, running.Hub, token) : null;
            Print(demo, token, proof, hasRequest: parsed.GetValue(request) is not null, parsed.GetValue(Shared.Json));
            return 0;
        });
        return command;
    }

    private static string ProofFor(string request, DevelopmentClient holder, Uri hub, AccessToken token) =>
        request.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var method, var path] && Uri.TryCreate(hub, path, out var address)
            ? holder.BuildProof(method.ToUpperInvariant(), address, token.Value)
            : throw CommandException.NoRequest(request);

    private static void Print(DemoClient demo, AccessToken token, string? proof, bool hasRequest, bool json)
    {
        if (json) Console.WriteLine(JsonSerializer.Serialize(new { accessToken = token.Value, expiresAt = token.ExpiresAt, tokenType = demo.IsBound ? "DPoP" : "Bearer", proof = demo.IsBound ? proof : null }));
        else if (!hasRequest) Console.WriteLine(token.Value);
        else if (demo.IsBound) Console.WriteLine($"Authorization: DPoP {token.Value}\nDPoP: {proof}");
        else Console.WriteLine($"Authorization: Bearer {token.Value}");

        if (demo.IsBound && !hasRequest) Console.Error.WriteLine("The token is bound to the client's key. For the headers of a request with its proof: vkp token --client " + demo.Id + " --for 'POST v1/Composition'");
    }
}
