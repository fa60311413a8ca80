using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Vkp.Adapters;

namespace Vkp.Hub;

/// <summary>
/// The plain part of an event: what routing, status and statistics need without opening a body. Free of personal data by construction:
/// ids of ours, codes, times, and keyed hashes of the vendor's case ids.
/// </summary>
public sealed record EventMetadata
{
    /// <summary>The message the event is about; null for registry events.</summary>
    public Guid? MessageId { get; init; }

    /// <summary>The sending system (`Leverandør_System_Kommune`).</summary>
    public string? Source { get; init; }

    /// <summary>What the sender calls the system the message comes from, where it says so.</summary>
    public string? SourceSystem { get; init; }

    /// <summary>Of what the hub wrote itself: a note of a day, a correction, a sign of life. No translator made it, and none makes it again.</summary>
    public const string OwnAdapter = "hub";

    /// <summary>The format it was sent in, and the translator that read it.</summary>
    public string? Adapter { get; init; }

    public string? Translator { get; init; }

    public string? Kind { get; init; }

    public Lane? Lane { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>The clock value the translator was given, so that it can be given the same again; null in events from before it was kept.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    public string? Service { get; init; }

    public CaseRole? CaseRole { get; init; }

    /// <summary>Keyed hashes of the vendor's case ids.</summary>
    public IReadOnlyList<string>? CaseKeys { get; init; }

    /// <summary>Those of the case keys whose whole content this closing carries.</summary>
    public IReadOnlyList<string>? WholeCaseKeys { get; init; }

    /// <summary>Keyed hashes of what the message is about beside its case: a dose, a measurement.</summary>
    public IReadOnlyList<string>? AboutKeys { get; init; }

    /// <summary>Keyed hashes of the device conditions it ends.</summary>
    public IReadOnlyList<string>? EndsKeys { get; init; }

    /// <summary>Keyed hash of what makes two alarms one repeated call.</summary>
    public string? GroupKey { get; init; }

    public CaseTraits? Traits { get; init; }

    /// <summary>It was no news any more when it came: documentation, never a fresh alarm.</summary>
    public bool? IsLate { get; init; }

    /// <summary>The kind of resource its FHIR is when it stands alone and can be fetched alone; null for everything that is fetched as a Bundle.</summary>
    public string? Form { get; init; }

    /// <summary>True when there are measurements in its FHIR; absent otherwise.</summary>
    public bool? HasObservations { get; init; }

    /// <summary>Set when there is nothing to journal: the reason it will be settled with.</summary>
    public string? SettleReason { get; init; }

    /// <summary>The messages that a note of the hub's own making speaks for.</summary>
    public IReadOnlyList<Routing.SettledPart>? SpeaksFor { get; init; }

    /// <summary>What was put right, or why the message is held, as the vendor was told.</summary>
    public IReadOnlyList<VkpError>? Issues { get; init; }

    public string? Destination { get; init; }

    /// <summary>When the destination was called with the message.</summary>
    public DateTimeOffset? ForwardedAt { get; init; }

    public int? Attempt { get; init; }

    /// <summary>Of a call that ended in the journal: how long it took, in milliseconds. Such a try has no row of its own: the fact is its record.</summary>
    public int? CallMs { get; init; }

    /// <summary>Other deliveries of the same message still open when this fact was written; absent or 0 = none.</summary>
    public int? OpenDeliveries { get; init; }

    /// <summary>The message whose journal document holds this one.</summary>
    public Guid? InDocumentOf { get; init; }

    /// <summary>The earlier message that this one was sent to replace.</summary>
    public Guid? Corrects { get; init; }

    /// <summary>The later message that replaces this one.</summary>
    public Guid? CorrectedBy { get; init; }

    /// <summary>Of a correction: the destinations it concerns, whether or not the municipality has them still. Absent = every one that it has.</summary>
    public IReadOnlyList<string>? GoesTo { get; init; }

    /// <summary>Code of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>Who did it, for what a person does.</summary>
    public string? Author { get; init; }

    public string? Purpose { get; init; }

    /// <summary>Of access that a person opened for herself: when it ends.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Of an export: the places of the log it took resources from, after the one and up to the other.</summary>
    public long? AfterPosition { get; init; }

    public long? UpToPosition { get; init; }

    /// <summary>The replay that did it.</summary>
    public Guid? ReplayId { get; init; }

    /// <summary>Other deliveries of the same message that are in the journal when a person withdraws this one.</summary>
    public int? JournaledDeliveries { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, EventMetadataJson.Default.EventMetadata);

    public static EventMetadata Parse(string json) =>
        JsonSerializer.Deserialize(json, EventMetadataJson.Default.EventMetadata) ?? throw new InvalidOperationException("An event's metadata is null.");

    public static string ForAuthor(string author) => new EventMetadata { Author = author }.ToJson();
}

[JsonSourceGenerationOptions(
    UseStringEnumConverter = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ShortTime)])]
[JsonSerializable(typeof(EventMetadata))]
internal sealed partial class EventMetadataJson : JsonSerializerContext;

/// <summary>Times of UTC end in `Z` and not in `+00:00`: the same time in fewer bytes, three times with every message. Another offset is kept as it is.</summary>
internal sealed class ShortTime : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        if (value.Offset == TimeSpan.Zero) writer.WriteStringValue(value.UtcDateTime);
        else writer.WriteStringValue(value);
    }
}

/// <summary>The permanent names of the events of a message's life.</summary>
public static partial class MessageEvents
{
    public const string Accepted = "MessageAccepted";
    public const string Held = "MessageHeld";
    public const string Rejected = "MessageRejected";
    public const string Released = "MessageReleased";
    public const string Journaled = "MessageJournaled";
    public const string Forwarded = "MessageForwarded";
    public const string Settled = "MessageSettled";
    public const string Refused = "MessageRefused";
    public const string Read = "MessageRead";
    public const string Corrected = "MessageCorrected";
    public const string Resent = "MessageResent";
    public const string Withdrawn = "MessageWithdrawn";
    public const string Restored = "MessageRestored";

    /// <summary>A device that beats has not been heard for too long. About no message.</summary>
    public const string SenderSilent = "SenderSilent";

    public const string BodyOpened = "BodyOpened";

    /// <summary>A vendor has read in the journal system, through the hub. About no message.</summary>
    public const string JournalRead = "JournalRead";

    /// <summary>A vendor's event kind as it may stand in plain metadata: a kind nobody knows can hold anything, so it is only named when it looks like a name.</summary>
    public static string PlainKind(string kind) => KindShape().IsMatch(kind) ? kind : "unknown";

    [GeneratedRegex(@"^[A-Za-z][A-Za-z.\-]{0,59}$", RegexOptions.None, 1000)]
    private static partial Regex KindShape();
}
