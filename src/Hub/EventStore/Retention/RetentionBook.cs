using System.Text.Json;

namespace Vkp.EventStore.Retention;

/// <summary>One run of retention: its plan, and its receipt when it is done.</summary>
/// <param name="Position">Of the plan's event.</param>
public sealed record RetentionRun(long Position, RetentionPlan Plan, SignedStatement SignedPlan, RetentionReceipt? Receipt, SignedStatement? SignedReceipt);

/// <summary>Somebody's order that bodies stay, whatever their age.</summary>
/// <param name="Stream">Whose; `*` is the whole municipality.</param>
public sealed record RetentionHold(string Stream, string Reason, string Author, DateTimeOffset HeldAt);

/// <summary>What a tenant's own retention stream says, folded: every run, and the holds in force. Pure.</summary>
public sealed class RetentionBook
{
    public const string Category = "retention";
    public const string Planned = "RetentionPlanned";
    public const string Completed = "RetentionCompleted";
    public const string Held = "RetentionHeld";
    public const string Released = "RetentionReleased";

    /// <summary>Holds the whole municipality, instead of one stream.</summary>
    public const string Everything = "*";

    private readonly List<RetentionRun> _runs = [];
    private readonly Dictionary<Guid, int> _places = [];
    private readonly Dictionary<string, RetentionHold> _holds = new(StringComparer.Ordinal);

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<RetentionRun> Runs => _runs;

    public IReadOnlyCollection<RetentionHold> Holds => _holds.Values;

    /// <summary>The stream's version: what a decision made from the book expects.</summary>
    public long Version { get; private set; }

    /// <summary>The run that was begun and is not done; the next one goes on with it.</summary>
    public RetentionRun? Open => _runs.Count > 0 && _runs[^1].Receipt is null ? _runs[^1] : null;

    public static StreamName StreamOf(int tenant) => new(Category, tenant.ToString("D9", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>When a run was planned, as its receipt's id says (UUID version 7, RFC 9562: the first 48 bits are milliseconds since 1970).</summary>
    public static DateTimeOffset PlannedOn(Guid receipt) =>
        DateTimeOffset.FromUnixTimeMilliseconds(System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(receipt.ToByteArray(bigEndian: true)) >> 16);

    /// <summary>The run that removed a body; null when the book knows none of that id.</summary>
    public RetentionRun? Of(Guid receipt) => _places.TryGetValue(receipt, out var place) ? _runs[place] : null;

    /// <summary>Takes the next event of the stream. What is no statement of retention's changes nothing: an auditor sees that a receipt is missing.</summary>
    public void Apply(long position, long version, string type, string metadata)
    {
        Version = version;
        switch (type)
        {
            case Planned when Read<RetentionPlan>(metadata) is var (plan, signed) && plan.IsSound && !_places.ContainsKey(plan.Receipt):
                _places.Add(plan.Receipt, _runs.Count);
                _runs.Add(new(position, plan, signed, null, null));
                break;
            case Completed when Read<RetentionReceipt>(metadata) is var (receipt, signed) && receipt.IsSound && Of(receipt.Receipt) is { Receipt: null } run:
                _runs[_places[receipt.Receipt]] = run with { Receipt = receipt, SignedReceipt = signed };
                break;
            case Held when ReadHold(metadata) is { } hold:
                _holds[hold.Stream] = hold;
                break;
            case Released when ReadHold(metadata) is { } released:
                _holds.Remove(released.Stream);
                break;
            default:
                break;
        }
    }

    private static (T Said, SignedStatement Signed)? Read<T>(string metadata)
        where T : class =>
        SignedStatement.TryParse(metadata) is { } signed && Parse<T>(signed.Statement) is { } said ? (said, signed) : null;

    private static RetentionHold? ReadHold(string metadata) => Parse<RetentionHold>(metadata) is { Stream: not null } hold ? hold : null;

    private static T? Parse<T>(string json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            // Not ours, or not whole: as if it were not there, and verifying says so.
            return null;
        }
    }
}
