using System.CommandLine;
using System.Text.Json;
using Vkp.Sandbox;

namespace Vkp.Cli.Vendor;

/// <summary>`vkp trigger`: one fresh event of a synthetic person, of any vendor's catalogue.</summary>
public static class TriggerCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("event") { Description = "'dose.notTaken', or with its vendor 'dignio-style/alert.closed.several'; without one, all are listed", Arity = ArgumentArity.ZeroOrOne };
        var person = new Option<int>("--person") { Description = "Which of the synthetic people with a dispenser; other vendors' events are about one person of their own", DefaultValueFactory = _ => 1 };
        var alerts = new Option<string[]>("--alert") { Description = "For alert.closed of a dispenser: the alert ids to close" };
        var series = new Option<string?>("--case") { Description = "A word of your own: events of one vendor with the same word belong to the same alarm, alert or measurement" };
        var command = new Command("trigger", "Send one fresh event of a synthetic person, of any vendor's catalogue") { name, person, alerts, series };
        command.SetAction(async (parsed, ct) =>
        {
            if (parsed.GetValue(name) is not { } wanted) return List(parsed.GetValue(Shared.Json));
            var trigger = Trigger.Find(wanted);
            var directory = Shared.DirectoryOf(parsed);
            var running = directory.Find() ?? throw CommandException.NoHub(directory.Path);
            var site = new DispenserSite(running.OrgNo ?? throw CommandException.NoSandbox());
            var people = SyntheticPeople.WithDispenser;
            var who = people[Math.Clamp(parsed.GetValue(person), 1, people.Count) - 1];
            var eventId = Guid.CreateVersion7();
            var closes = parsed.GetValue(alerts) is { Length: > 0 } given ? given : null;
            var body = trigger.Create(site, who, TimeProvider.System.GetUtcNow(), eventId, closes, parsed.GetValue(series));

            var report = await SendCommand.PostAsync(directory, eventId.ToString("D"), DemoClient.OfVendor(trigger.Vendor), body, ct);
            SendCommand.Print(report, parsed.GetValue(Shared.Json));
            if (!parsed.GetValue(Shared.Json) && trigger.IsOfDispenser && TriggerEvents.RaisesAlert(trigger.Of))
            {
                Console.WriteLine($"Close it with: vkp trigger alert.closed --person {parsed.GetValue(person)} --alert {TriggerEvents.AlertIdOf(eventId)}");
            }

            return report.IsAccepted ? 0 : 2;
        });
        return command;
    }

    private static int List(bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(Trigger.All.Select(trigger => new { vendor = trigger.Vendor, name = trigger.Name })));
            return 0;
        }

        foreach (var vendor in Trigger.All.GroupBy(trigger => trigger.Vendor)) Console.WriteLine($"{vendor.Key}\n  {string.Join("\n  ", vendor.Select(trigger => trigger.Name))}");
        Console.WriteLine("scaip also takes any device type and status by number: scaip/0005-0009");
        return 0;
    }
}
