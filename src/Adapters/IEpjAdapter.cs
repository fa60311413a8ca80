using System.Collections.ObjectModel;
using Vkp.Fhir.Model;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Adapters;

/// <summary>What a receiver can promise about doubles; decides what the hub may do when an answer is lost.</summary>
public enum ReceiverClass
{
    /// <summary>A: the receiver deduplicates on our ids, so a repeat is safe.</summary>
    Deduplicates,

    /// <summary>B: the receiver can be asked whether it has the message.</summary>
    CanBeAsked,

    /// <summary>C: neither; an unknown outcome waits for a person.</summary>
    Neither,
}

/// <summary>
/// One kind of journal system. An implementation composes requests and reads answers; the only effect it has is calling
/// the <see cref="EpjSend"/> it is given, which the Delivery room provides with time-outs, size caps and no redirects.
/// It never throws on what an EPJ answers.
/// </summary>
public interface IEpjAdapter
{
    AdapterInfo Info { get; }

    ReceiverClass ReceiverClass { get; }

    /// <summary>What a destination of this kind is told beside its address, in the configuration. Empty when it needs nothing.</summary>
    IReadOnlyList<EpjSetting> Settings => [];

    /// <summary>Delivers one message and reads the EPJ's own answer. Repeats of the same <see cref="OutboundMessage"/> send the same ids.</summary>
    Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, EpjSend send, CancellationToken ct);

    /// <summary>Asks a receiver of class B whether it has the message. Changes nothing there. Receivers of the other classes are never asked.</summary>
    Task<AskOutcome> AskAsync(OutboundMessage message, EpjSend send, CancellationToken ct) =>
        throw new InvalidOperationException($"A receiver of class {ReceiverClass} cannot be asked.");

    /// <summary>Asks what a vendor with a need may see of its patients. Changes nothing there. Most interfaces offer it for some types only, or not at all.</summary>
    Task<LookUpOutcome> LookUpAsync(LookUp query, EpjSend send, CancellationToken ct) => Task.FromResult<LookUpOutcome>(new LookUpOutcome.NotOffered());
}

/// <summary>One thing a destination is told in the configuration.</summary>
/// <param name="Name">As in the configuration file; a name that ends in `.*` stands for a family, `journalType.MD` for `journalType.*`.</param>
/// <param name="IsSecret">Never shown; the configuration names an environment variable of the hub, `env:NAME`, instead of the value.</param>
public sealed record EpjSetting(string Name, string Meaning, bool IsRequired = false, bool IsSecret = false)
{
    /// <summary>Whether a key of the configuration is this setting.</summary>
    public bool Covers(string key) => Name.EndsWith(".*", StringComparison.Ordinal) ? key.StartsWith(Name[..^1], StringComparison.Ordinal) && key.Length > Name.Length - 1 : key == Name;
}

/// <summary>Sends one request to the destination and returns what came of it. Transport failures are values, never exceptions (but cancellation).</summary>
public delegate Task<EpjAnswer> EpjSend(EpjRequest request, CancellationToken ct);

/// <param name="Path">Appended to the destination's base address. Never holds personal data unless the EPJ's own interface demands it.</param>
public sealed record EpjRequest(string Method, string Path, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>False for a look-up: it can be repeated at will, and when its answer is lost nothing is unknown.</summary>
    public bool ChangesJournal { get; init; } = true;

    /// <summary>The form the answer is wanted in; null = that of the request.</summary>
    public string? Accept { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Without the address and the body: both may name a patient, and some addresses hold a key.</summary>
    public override string ToString() => $"{Method}, {Body.Length} bytes of {ContentType}";
}

/// <summary>What came of a request.</summary>
public abstract record EpjAnswer
{
    private EpjAnswer()
    {
    }

    /// <summary>An answer was read to its end, within the size cap.</summary>
    /// <param name="RetryAfter">The Retry-After header as a wait, if there was one.</param>
    public sealed record Response(int Status, string? ContentType, ReadOnlyMemory<byte> Body, TimeSpan? RetryAfter) : EpjAnswer;

    /// <summary>The request certainly did not reach the receiver (connection refused, name not found).</summary>
    public sealed record NotSent(string Reason) : EpjAnswer;

    /// <summary>The request may have reached the receiver: time-out, connection lost, or an answer that is cut, too large or a redirect.</summary>
    public sealed record Unknown(string Reason) : EpjAnswer;
}

/// <summary>A message on its way to one destination. All ids are derived, so a retry after a crash repeats them.</summary>
/// <param name="MessageId">The hub's id of the message.</param>
/// <param name="BundleId">Differs from <paramref name="MessageId"/>: a resend keeps the message id and makes a new bundle id.</param>
/// <param name="MunicipalityOrgNo">The tenant.</param>
/// <param name="SourceSystem">The sending system's permanent name.</param>
/// <param name="RecordedAt">When the hub took the message.</param>
/// <param name="Resources">The main resource first.</param>
public sealed record OutboundMessage(
    Guid MessageId,
    Guid BundleId,
    string MunicipalityOrgNo,
    string SourceSystem,
    string EventKind,
    DateTimeOffset OccurredAt,
    DateTimeOffset RecordedAt,
    Lane Lane,
    bool IsLate,
    IReadOnlyList<Resource> Resources)
{
    /// <summary>The national service code the message belongs to (RT, TA, GPS, MD, DT, DHO), when it is known.</summary>
    public string? ServiceCode { get; init; }

    /// <summary>The destination's settings, secrets resolved.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = ReadOnlyDictionary<string, string>.Empty;
}

/// <summary>What the EPJ said, or did not say.</summary>
public abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    /// <summary>The EPJ itself says the message is in the journal.</summary>
    /// <param name="Receipt">The EPJ's own id of its answer or entry, if it gave one.</param>
    public sealed record Journaled(string? Receipt) : DeliveryOutcome;

    /// <summary>Taken, but the EPJ's own answer comes later.</summary>
    public sealed record AwaitingReceipt(string? Receipt) : DeliveryOutcome;

    /// <summary>Not taken, and a later try can succeed (429, 503, 5xx, not reachable).</summary>
    public sealed record RetryLater(VkpError Error, TimeSpan? RetryAfter) : DeliveryOutcome;

    /// <summary>The EPJ refused it; repeating it unchanged is of no use. Parked at once, for a person.</summary>
    public sealed record Refused(VkpError Error) : DeliveryOutcome
    {
        /// <summary>The EPJ gives as its reason, by code, that it has it already.</summary>
        public bool IsDouble { get; init; }
    }

    /// <summary>Nobody knows whether the EPJ has it.</summary>
    public sealed record Unknown(VkpError Error, TimeSpan? RetryAfter = null) : DeliveryOutcome;
}

/// <summary>What a receiver of class B answered when it was asked for a message.</summary>
public abstract record AskOutcome
{
    private AskOutcome()
    {
    }

    /// <summary>It is in the journal.</summary>
    public sealed record Has(string? Receipt) : AskOutcome;

    /// <summary>It is not: sending it is safe.</summary>
    public sealed record HasNot : AskOutcome;

    /// <summary>The question was not answered; ask again later.</summary>
    public sealed record NoAnswer(VkpError Error, TimeSpan? RetryAfter) : AskOutcome;
}
