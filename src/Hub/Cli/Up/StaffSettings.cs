using System.CommandLine;
using Vkp.Hub.Staff;

namespace Vkp.Cli.Up;

/// <summary>Who may administer a hub that serves.</summary>
/// <param name="Options">Null = nobody can sign in.</param>
/// <param name="HasMachineToken">Whether this machine may by a token of its own.</param>
internal sealed record StaffAccess(StaffOptions? Options, bool HasMachineToken)
{
    public StaffIssuer? Announced => Options is null ? null : new StaffIssuer(Options.Issuer, Options.Client, Options.Audience);
}

/// <summary>The options of `vkp serve` about people, each also an environment variable.</summary>
internal sealed class StaffSettings
{
    private readonly Option<string?> issuer = new("--staff-issuer") { Description = "Where people sign in (default: VKP_STAFF_ISSUER; without one nobody can)" };
    private readonly Option<string?> audience = new("--staff-audience") { Description = $"What their tokens are for (default: VKP_STAFF_AUDIENCE, else {StaffOptions.DefaultAudience})" };
    private readonly Option<string?> client = new("--staff-client") { Description = $"The public client of 'vkp login' (default: VKP_STAFF_CLIENT, else {StaffOptions.DefaultClient})" };
    private readonly Option<string?> levels = new("--staff-levels") { Description = "The levels of sign-in ('acr') that are enough, divided by blanks (default: VKP_STAFF_LEVELS, else any)" };
    private readonly Option<bool> off = new("--no-machine-token") { Description = "Only people who have signed in administer the hub (default: VKP_MACHINE_TOKEN=off)" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[issuer, audience, client, levels, off]) command.Add(option);
    }

    public StaffAccess Read(ParseResult parsed)
    {
        string? Given(Option<string?> option, string name) => parsed.GetValue(option) ?? Environment.GetEnvironmentVariable(name);
        var hasMachineToken = !parsed.GetValue(off) && !string.Equals(Environment.GetEnvironmentVariable("VKP_MACHINE_TOKEN"), "off", StringComparison.OrdinalIgnoreCase);
        if (string.IsNullOrWhiteSpace(Given(issuer, "VKP_STAFF_ISSUER"))) return hasMachineToken ? new StaffAccess(null, true) : throw CommandException.NobodySignsIn();

        var options = new StaffOptions(
            CommandException.Address(Given(issuer, "VKP_STAFF_ISSUER")!), Given(audience, "VKP_STAFF_AUDIENCE") ?? StaffOptions.DefaultAudience, Given(client, "VKP_STAFF_CLIENT") ?? StaffOptions.DefaultClient)
        {
            Levels = Given(levels, "VKP_STAFF_LEVELS")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
        return new StaffAccess(options, hasMachineToken);
    }
}
