using System.Text.Json;
using Vkp.Adapters;

namespace Vkp.Hub.Trace;

/// <summary>What is asked for. One of the ways to find is used, the first that is given; a time span narrows all of them.</summary>
/// <param name="OrgNo">One municipality; null looks in all.</param>
/// <param name="Id">The hub's message id, or the vendor's own id of the event.</param>
/// <param name="Case">The vendor's case id, or the id of any message of the case.</param>
/// <param name="Patient">One of the patient's identifiers; without system it is a national identity number. It is in the body of the request only: never in an address or a log.</param>
/// <param name="Device">A serial number or other identifier of a device.</param>
/// <param name="From">The event occurred at or after.</param>
/// <param name="To">The event occurred before.</param>
/// <param name="Purpose">Why bodies are opened; kept beside who did. Null tells the facts and opens nothing.</param>
public sealed record TraceQuestion(
    string? OrgNo = null, string? Id = null, string? Case = null, TracePatient? Patient = null, string? Device = null, DateTimeOffset? From = null, DateTimeOffset? To = null,
    string? Purpose = null, int? Max = null)
{
    /// <summary>As it was known then: what was recorded later is not told, and each message is where it was. Null = now.</summary>
    public DateTimeOffset? AsOf { get; init; }
}

public sealed record TracePatient(string? System, string Value)
{
    /// <summary>Masked: the value may be a national identity number.</summary>
    public override string ToString() => $"{System}|***";
}

/// <summary>The messages a question led to, as they happened.</summary>
/// <param name="IsCut">There are more than were asked for; these are the latest.</param>
public sealed record TraceStory(DateTimeOffset ToldAt, IReadOnlyList<TraceAnswer> Messages, bool IsCut);

/// <summary>One message's whole story, from the vendor's payload to the EPJ's receipt.</summary>
/// <param name="IsOpened">Whether the body was opened; else payload, FHIR and note are empty.</param>
/// <param name="Note">What a health worker reads of it, bokmål; empty when there is nothing to journal.</param>
/// <param name="Payload">The vendor's text; identity numbers masked.</param>
/// <param name="Fhir">The resources made of it; identity numbers masked.</param>
/// <param name="Issues">What lenient reading put right, or why it was held.</param>
/// <param name="Looked">Who opened it before now.</param>
public sealed record TraceAnswer(
    Guid MessageId, string Municipality, string State, string? Reason, string Source, string Adapter, string? Translator, string Kind, string? Lane,
    DateTimeOffset OccurredAt, Guid? InDocumentOf, bool IsOpened, string Note, string Payload, IReadOnlyList<JsonElement> Fhir, IReadOnlyList<VkpError> Issues, TraceRouting Routing,
    IReadOnlyList<TraceStep> Steps, IReadOnlyList<TraceDelivery> Deliveries, IReadOnlyList<Guid> Folded, IReadOnlyList<TraceLook> Looked)
{
    /// <summary>Set when its content was deleted under retention: there is nothing left to open.</summary>
    public TraceDeletion? Deleted { get; init; }
}

/// <param name="RunOf">When the run that deleted it was planned.</param>
/// <param name="Receipt">Its receipt: `vkp retention status`.</param>
public sealed record TraceDeletion(DateTimeOffset RunOf, Guid Receipt);

/// <summary>What was decided about the message, and why.</summary>
/// <param name="Decision">`held`, `rejected`, `document` (one of its own), `folded` (in another's document), `settled` (none needed) or `waits` (for its case to be closed).</param>
/// <param name="Reason">A settle reason or an error's code.</param>
public sealed record TraceRouting(string Decision, string? Reason, Guid? Document, IReadOnlyList<string> Destinations);

/// <summary>A fact, with the milliseconds since the message was registered.</summary>
/// <param name="Detail">In English, for people who run hubs; the parts beside it are for everybody else.</param>
public sealed record TraceStep(DateTimeOffset At, double Ms, string What, string? Detail, long Position)
{
    public string? Destination { get; init; }

    /// <summary>An error's code or a settle reason.</summary>
    public string? Code { get; init; }

    public string? Author { get; init; }

    public string? Purpose { get; init; }

    public Guid? Other { get; init; }
}

public sealed record TraceLook(DateTimeOffset At, string Author, string? Purpose);

public sealed record TraceDelivery(string Destination, string State, Guid BundleId, IReadOnlyList<TraceAttempt> Attempts);

public sealed record TraceAttempt(int Attempt, DateTimeOffset StartedAt, double Ms, string Outcome, string? Code, string? Message);
