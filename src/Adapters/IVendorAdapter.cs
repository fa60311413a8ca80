using Vkp.Fhir.Model;

namespace Vkp.Adapters;

/// <summary>
/// A vendor's format, translated to FHIR R4. An implementation is pure: same bytes in, same translation out; no I/O, no clock, no random.
/// It never throws on any input: what it cannot read is <see cref="Translation.Rejected"/>, what it can read but not place is <see cref="Translation.Held"/>.
/// </summary>
public interface IVendorAdapter
{
    /// <summary>Name and translator version. The name is permanent data: it is the source of every message id.</summary>
    AdapterInfo Info { get; }

    /// <summary>The catalogue: every kind of event of this format. An event of any other kind that is well-formed is held.</summary>
    IReadOnlyList<VendorEventKind> Kinds { get; }

    /// <summary>Translates one event. A batch is split by the face before it comes here.</summary>
    /// <param name="payload">The event's exact bytes, valid UTF-8, within the size limit of the face.</param>
    Translation Translate(VendorPayload payload);

    /// <summary>True when what the sender wrote is passed on as it is: it is not held for breaking a profile, for it is not the translation's work.</summary>
    bool KeepsSendersFhir => false;

    /// <summary>True when whatever is not right is refused at once, where other formats put it right or hold it in sight.</summary>
    bool IsStrict => false;

    /// <summary>
    /// The document this vendor's devices expect as the answer, or null when the face's ordinary answer will do. It says that the message is stored only
    /// after it is.
    /// </summary>
    VendorAnswer? Answer(VendorPayload payload, VendorAnswerKind kind) => null;
}

/// <summary>One kind of event of a vendor's catalogue.</summary>
/// <param name="Name">Permanent, as <see cref="EventEnvelope.EventKind"/> has it.</param>
/// <param name="OlderNames">What senders of an earlier version of the format call the same.</param>
public sealed record VendorEventKind(string Name, IReadOnlyList<string> OlderNames)
{
    internal static IReadOnlyList<VendorEventKind> List(params IEnumerable<string> names) => [.. names.Select(name => new VendorEventKind(name, []))];
}

/// <summary>What became of a message, for a vendor whose devices expect an answer of their own form.</summary>
public enum VendorAnswerKind
{
    /// <summary>Stored for good (translated, held, or nothing to journal).</summary>
    Stored,

    /// <summary>Not readable; sending it again unchanged is of no use.</summary>
    Refused,

    /// <summary>Not taken although it may be right: the device tries its next receiver.</summary>
    NotTaken,
}

/// <param name="Body">The whole answer; sent with HTTP 200, since the status is inside it.</param>
public sealed record VendorAnswer(string ContentType, ReadOnlyMemory<byte> Body);

/// <param name="Name">Permanent, lower case with hyphens: `evondos-style`.</param>
/// <param name="MajorVersion">Part of every derived id: raise it only when the same event shall become a new message.</param>
/// <param name="MinorVersion">Recorded with each message; raise it at any change of the translation.</param>
public sealed record AdapterInfo(string Name, int MajorVersion, int MinorVersion)
{
    public string Version => $"{MajorVersion}.{MinorVersion}";
}

/// <param name="Bytes">One event as the vendor sent it.</param>
/// <param name="ReceivedAt">When the hub took it; the only clock value a translation may use.</param>
/// <param name="DoubtsConfirmed">A person has looked at what is doubtful and says that it is right: it goes on, with the doubt told as a repair.</param>
public readonly record struct VendorPayload(ReadOnlyMemory<byte> Bytes, DateTimeOffset ReceivedAt, bool DoubtsConfirmed = false);

/// <summary>Which queue a message travels in. Alarms never wait behind the others.</summary>
public enum Lane
{
    Alarm,
    Clinical,
    Routine,
    Replay,
}

/// <summary>An identifier with its system, as FHIR has it. For persons the system is a national OID or a system local to an EPJ or vendor.</summary>
public sealed record SourceIdentifier(string System, string Value)
{
    /// <summary>Masked: an identifier's value may be a national identity number.</summary>
    public override string ToString() => $"{System}|***";
}

/// <summary>What the closing of a case means for a message: one case gets one journal document, at its closure.</summary>
public enum CaseRole
{
    /// <summary>Stands alone.</summary>
    None,

    /// <summary>Opens or belongs to a case that is journaled when it closes.</summary>
    Opens,

    /// <summary>Closes the named cases; their document is made now.</summary>
    Closes,
}

/// <summary>What every readable event says about itself, whether or not it could be placed.</summary>
/// <param name="SourceMessageId">The vendor's own id of this event. May hold personal data: it is stored only as a keyed hash, and sealed in the body.</param>
/// <param name="EventKind">The vendor's event type, `dose.notTaken`.</param>
/// <param name="MunicipalityOrgNo">The municipality the event names, if it names one; the face checks it against the token.</param>
/// <param name="IsTest">The sender marks it as test.</param>
public sealed record EventEnvelope(
    string SourceMessageId,
    string EventKind,
    string? MunicipalityOrgNo,
    DateTimeOffset OccurredAt,
    SourceIdentifier? Patient,
    SourceIdentifier? Device,
    bool IsTest);

/// <summary>The outcome of a translation.</summary>
public abstract record Translation
{
    private Translation()
    {
    }

    /// <summary>The event is FHIR now.</summary>
    /// <param name="Resources">What to journal, the main resource first; references between them by `urn:uuid:` full urls.</param>
    /// <param name="ServiceCode">The national service code that gives the right to report this: RT, TA, GPS, MD, DT, DHO.</param>
    /// <param name="CaseIds">The vendor's case ids this event opens or closes, sorted as the vendor had them.</param>
    /// <param name="FreshFor">How long after it occurred the event is news; later it is documentation, marked late.</param>
    /// <param name="Repairs">What lenient reading put right, in the words a vendor's developer reads.</param>
    public sealed record Translated(
        EventEnvelope Envelope,
        Lane Lane,
        string ServiceCode,
        CaseRole CaseRole,
        IReadOnlyList<string> CaseIds,
        TimeSpan FreshFor,
        IReadOnlyList<Resource> Resources,
        IReadOnlyList<VkpError> Repairs) : Translation
    {
        /// <summary>
        /// What the event is about beside its case, `dose:R-2231/0511-0800`: a later event about the same thing (a dose taken after all) can supersede an earlier one.
        /// </summary>
        public IReadOnlyList<string> AboutIds { get; init; } = [];

        /// <summary>What this event ends without a word for the journal, `contact:ZZ000123`: technical alerts about it are over.</summary>
        public IReadOnlyList<string> EndsIds { get; init; } = [];

        /// <summary>Those of the case ids whose whole content a closing carries itself: what belongs to them and comes later adds nothing.</summary>
        public IReadOnlyList<string> WholeCaseIds { get; init; } = [];

        /// <summary>Alarms of one patient with the same group id, a few minutes apart, are one call for help that was repeated.</summary>
        public string? GroupId { get; init; }

        public CaseTraits Traits { get; init; }

        /// <summary>
        /// When set, the FHIR is kept and searchable but the message needs no journal entry of its own: it is settled with this permanent reason
        /// (`measurement`, `questionnaire`, `message`, `photo`, `taskMissed`). A case that it belongs to may still take it up.
        /// </summary>
        public string? NoEntryReason { get; init; }
    }

    /// <summary>Read and understood, and nothing for a journal: a heartbeat, a test, a device back on line.</summary>
    /// <param name="Reason">Permanent reason code, `test`, `heartbeat`, `technical`.</param>
    public sealed record NothingToJournal(EventEnvelope Envelope, string Reason) : Translation
    {
        /// <inheritdoc cref="Translated.EndsIds"/>
        public IReadOnlyList<string> EndsIds { get; init; } = [];
    }

    /// <summary>Well-formed, but it cannot be placed yet (an event type nobody knows): kept and shown, never dropped.</summary>
    public sealed record Held(EventEnvelope Envelope, VkpError Error) : Translation;

    /// <summary>Not readable as this vendor's format. Everything found wrong, not only the first.</summary>
    public sealed record Rejected(IReadOnlyList<VkpError> Errors) : Translation;
}
