using System.CommandLine;
using System.Text.Json;
using Vkp.Hub.Faces;
using Vkp.Hub.Registry;

namespace Vkp.Cli.Admin;

/// <summary>`vkp staff`: who may do what in a municipality.</summary>
public static class StaffCommand
{
    private static readonly Argument<string> OrgNo = new("orgnr") { Description = "The municipality's organisation number" };
    private static readonly Argument<string> Subject = new("subject") { Description = "What the issuer calls the person, as 'vkp login' printed it" };
    private static readonly Option<string?> Issuer = new("--issuer") { Description = "Whose subject it is (default: the hub's own staff issuer)" };

    private static readonly Option<string> Role = new Option<string>("--role") { Description = "overvaking (see), administrasjon (act and open content) or brukeradmin (grant)", Required = true }
        .AcceptOnlyFromAmong([.. Enum.GetValues<StaffRole>().Select(StaffRoles.Name)]);

    public static Command Create() => new("staff", "Roles in a municipality: overvåkning, administrasjon, brukeradmin") { List(), Grant(), Revoke() };

    private static Command List()
    {
        var command = new Command("list", "Who has which role, and who gave and took which when") { OrgNo };
        command.SetAction(async (parsed, ct) =>
        {
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var answer = await admin.GetAsync($"admin/staff/{Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo))}", AdminJson.Default.StaffAnswer, ct);
            if (parsed.GetValue(Shared.Json))
            {
                Console.WriteLine(JsonSerializer.Serialize(answer, AdminJson.Default.StaffAnswer));
                return 0;
            }

            foreach (var line in answer.Grants) Console.WriteLine($"{line.Role,-14} {line.Subject} ({line.Issuer}){(line.Until is { } until ? $" until {until.ToLocalTime():yyyy-MM-dd HH:mm}" : "")}{(line.IsOver ? ", over" : "")}");
            if (answer.History.Count > 0) Console.WriteLine("\nHow it came to be so:");
            foreach (var change in answer.History) Console.WriteLine($"  {change.At.ToLocalTime():yyyy-MM-dd HH:mm:ss}  {change.Change}, by {change.Author}");
            return 0;
        });
        return command;
    }

    private static Command Grant()
    {
        var until = new Option<DateTimeOffset?>("--until") { Description = "When it ends by itself (default: when it is revoked)" };
        return Change("grant", "Give a person a role; the same role again changes its end", [until], parsed => parsed.GetValue(until));
    }

    private static Command Revoke() => Change("revoke", "Take a person's role", [], _ => null);

    private static Command Change(string verb, string description, IReadOnlyList<Option> more, Func<ParseResult, DateTimeOffset?> until)
    {
        var command = new Command(verb, description) { OrgNo, Subject, Role, Issuer };
        foreach (var option in more) command.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var request = new StaffGrantRequest(parsed.GetRequiredValue(Subject), parsed.GetRequiredValue(Role), parsed.GetValue(Issuer), until(parsed));
            using var admin = AdminClient.Connect(Shared.DirectoryOf(parsed));
            var done = await admin.PostAsync($"admin/staff/{Uri.EscapeDataString(parsed.GetRequiredValue(OrgNo))}/{verb}", AdminClient.Json(request, AdminJson.Default.StaffGrantRequest), AdminJson.Default.ConfigurationChange, ct);
            foreach (var line in done.Changes) Console.WriteLine($"{done.OrgNo}: {line}");
            return 0;
        });
        return command;
    }
}
