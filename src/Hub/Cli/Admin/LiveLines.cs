using Vkp.Hub;
using Vkp.Hub.Operations;

namespace Vkp.Cli.Admin;

/// <summary>Turns facts into one line per message with the milliseconds of each step; pure but for what it remembers of open messages.</summary>
public sealed class LiveLines
{
    private const int RememberedMax = 50_000;

    private readonly Dictionary<Guid, TailLine> accepted = [];

    /// <summary>A line when the fact ends a message's way or stops it, or starts a wait worth seeing; else null.</summary>
    public string? Tell(TailLine line)
    {
        if (line.MessageId is not { } id) return null;
        switch (line.Event)
        {
            case MessageEvents.Accepted or MessageEvents.Released:
                if (accepted.Count >= RememberedMax) accepted.Clear();
                accepted[id] = line;
                return line.Kind == "dose.notTaken" ? $"{Head(line)}  accepted, waits for its case to be closed" : null;
            case MessageEvents.Held:
                return $"{Head(line)}  held {line.Reason}: see 'vkp held'";
            case MessageEvents.Journaled:
                return $"{Head(line)}  accepted -> forwarded {Ms(id, line.ForwardedAt)} -> journaled {Ms(id, line.At)} by '{line.Destination}'";
            case MessageEvents.Forwarded:
                return $"{Head(line)}  accepted -> forwarded {Ms(id, line.ForwardedAt)} to '{line.Destination}', waits for its receipt";
            case MessageEvents.Settled:
                return line.InDocumentOf is { } document
                    ? $"{Head(line)}  settled {Ms(id, line.At)}: in the journal document of {Short(document)}"
                    : $"{Head(line)}  accepted -> settled {Ms(id, line.At)}: {line.Reason}";
            case MessageEvents.Rejected:
                return $"{Head(line)}  rejected back to its vendor {line.Reason}";
            case MessageEvents.Refused:
                return $"{Head(line)}  REFUSED by '{line.Destination}' {line.Reason}: see 'vkp trace {id}'";
            default:
                return null;
        }
    }

    private static string Head(TailLine line) => $"{line.At.ToLocalTime():HH:mm:ss.fff} {Short(line.MessageId!.Value)} {line.Lane,-8} {line.Kind,-18}";

    private static string Short(Guid id) => id.ToString()[..8];

    private string Ms(Guid id, DateTimeOffset? at) =>
        accepted.TryGetValue(id, out var first) && at is { } time ? $"{(time - first.At).TotalMilliseconds:0} ms" : "later";
}
