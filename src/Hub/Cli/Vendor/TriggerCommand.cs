using System.CommandLine;
using Vkp.Sandbox;

namespace Vkp.Cli.Vendor;

/// <summary>`vkp trigger`: one fresh event of a synthetic person.</summary>
public static class TriggerCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("event") { Description = string.Join(", ", TriggerEvents.Names) };
        var person = new Option<int>("--person") { Description = "Which of the synthetic people with a dispenser", DefaultValueFactory = _ => 1 };
        var alerts = new Option<string[]>("--alert") { Description = "For alert.closed: the alert ids to close" };
        var command = new Command("trigger", "Send one fresh event of a synthetic person with a dispenser") { name, person, alerts };
        command.SetAction(async (parsed, ct) =>
        {
            var directory = Shared.DirectoryOf(parsed);
            var running = directory.Find() ?? throw CommandException.NoHub(directory.Path);
            var site = new DispenserSite(running.OrgNo ?? throw CommandException.NoSandbox());
            var people = SyntheticPeople.WithDispenser;
            var who = people[Math.Clamp(parsed.GetValue(person), 1, people.Count) - 1];
            var eventId = Guid.CreateVersion7();
            var wanted = parsed.GetRequiredValue(name);
            var closes = parsed.GetValue(alerts) is { Length: > 0 } given ? given : null;
            var happened = TriggerEvents.Create(wanted, site, who, TimeProvider.System.GetUtcNow(), eventId, closes) ?? throw CommandException.UnknownTrigger(wanted, TriggerEvents.Names);

            var report = await SendCommand.PostAsync(directory, happened.EventId, DemoClient.Dispensers, happened.Body, ct);
            SendCommand.Print(report, parsed.GetValue(Shared.Json));
            if (TriggerEvents.RaisesAlert(wanted) && !parsed.GetValue(Shared.Json))
            {
                Console.WriteLine($"Close it with: vkp trigger alert.closed --person {parsed.GetValue(person)} --alert {TriggerEvents.AlertIdOf(eventId)}");
            }

            return report.IsAccepted ? 0 : 2;
        });
        return command;
    }
}
