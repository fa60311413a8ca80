using System.CommandLine;
using Vkp.Hub.Replay;
using Vkp.Hub.Trace;

namespace Vkp.Cli.Admin;

/// <summary>The options that choose messages for a replay.</summary>
/// <param name="kind">For a command that takes any kind: what it is to do.</param>
internal sealed class ReplayOptions(Option<string>? kind = null, Option<bool>? dryRun = null)
{
    private readonly Option<bool> patient = new("--patient") { Description = "One patient: the identity number is asked for, or read from standard input" };
    private readonly Option<string?> device = new("--device") { Description = "A device's serial number" };
    private readonly Option<string?> vendor = new("--vendor") { Description = "The format, 'evondos-style'" };
    private readonly Option<string?> source = new("--source") { Description = "The sending system's vkp-id" };
    private readonly Option<string?> eventKind = new("--kind") { Description = "The event kind, 'dose.notTaken'" };
    private readonly Option<string?> destination = new("--destination") { Description = "What went to this destination" };
    private readonly Option<string?> state = new("--state") { Description = "Where the message is now: held, journaled, settled, failed ..." };
    private readonly Option<DateTimeOffset?> from = new("--from") { Description = "Occurred at or after, 2026-02-14T00:00+01:00" };
    private readonly Option<DateTimeOffset?> to = new("--to") { Description = "Occurred before" };
    private readonly Option<int?> rate = new("--rate") { Description = "Messages a second, 0 for as fast as it goes (default: slow enough that live traffic does not notice)" };
    private readonly Option<string?> purpose = new("--purpose") { Description = "Why; it is kept" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[patient, device, vendor, source, eventKind, destination, state, from, to, rate, purpose]) command.Add(option);
        if (kind is not null) command.Add(kind);
        if (dryRun is not null) command.Add(dryRun);
    }

    public ReplayRequest Read(ParseResult parsed, string orgNo) => new(
        orgNo, parsed.GetValue(patient) ? new TracePatient(null, PromptedNumber.Read()) : null, parsed.GetValue(device), parsed.GetValue(vendor), parsed.GetValue(source), parsed.GetValue(eventKind),
        parsed.GetValue(destination), parsed.GetValue(state), parsed.GetValue(from), parsed.GetValue(to), parsed.GetValue(purpose), parsed.GetValue(rate),
        kind is null ? null : parsed.GetValue(kind), dryRun is not null && parsed.GetValue(dryRun));
}
