using Vkp.Adapters;

namespace Vkp.Hub.Routing;

/// <summary>What has become of a message in its patient's cases.</summary>
public enum CaseEntryState
{
    /// <summary>Its case is open; the document at the closure will carry it.</summary>
    Waiting,

    /// <summary>Journaled by itself while its case is open; the document at the closure tells of it again.</summary>
    Announced,

    /// <summary>In a document.</summary>
    Delivered,

    /// <summary>Needs no entry of its own.</summary>
    Settled,
}

/// <summary>A message that other messages of its patient may have to do with.</summary>
/// <param name="JoinedTo">The message whose case it waits for instead of a closing of its own: the first of repeated alarms, the verdict on an unknown dose.</param>
/// <param name="Document">The message whose document carries it or took its place.</param>
public sealed record CaseEntry(
    Guid MessageId,
    long Position,
    string Kind,
    Lane Lane,
    DateTimeOffset OccurredAt,
    CaseRole Role,
    IReadOnlyList<string> CaseKeys,
    IReadOnlyList<string> WholeCaseKeys,
    IReadOnlyList<string> AboutKeys,
    string? GroupKey,
    CaseTraits Traits,
    CaseEntryState State,
    Guid? JoinedTo = null,
    Guid? Document = null)
{
    public bool IsOpen => State is CaseEntryState.Waiting or CaseEntryState.Announced;

    /// <summary>The message that stands for the whole group this one belongs to.</summary>
    public Guid Head => JoinedTo ?? MessageId;

    public bool Is(CaseTraits trait) => (Traits & trait) != CaseTraits.None;

    public static CaseEntry Of(RoutedMessage message, CaseEntryState state, Guid? joinedTo = null, Guid? document = null) => new(
        message.Id, message.Position, message.Kind, message.Lane, message.OccurredAt, message.Role, message.CaseKeys, message.WholeCaseKeys, message.AboutKeys, message.GroupKey,
        message.Traits, state, joinedTo, document);
}

/// <summary>A patient's cases: what the fold over the patient's stream has come to. Immutable.</summary>
public sealed class PatientCases(IEnumerable<CaseEntry> entries)
{
    public static readonly PatientCases None = new([]);

    private readonly Dictionary<Guid, CaseEntry> entries = entries.ToDictionary(entry => entry.MessageId);

    /// <summary>In the order things happened, whatever the order of arrival.</summary>
    public IEnumerable<CaseEntry> All => entries.Values.OrderBy(entry => entry.OccurredAt).ThenBy(entry => entry.Position);

    public IEnumerable<CaseEntry> Open => All.Where(entry => entry.IsOpen);

    public IReadOnlyList<CaseEntry> InCase(IReadOnlyList<string> caseKeys) => [.. All.Where(entry => Share(entry.CaseKeys, caseKeys))];

    public IReadOnlyList<CaseEntry> About(IEnumerable<string> aboutKeys) => [.. All.Where(entry => Share(entry.AboutKeys, aboutKeys))];

    /// <summary>What is open and waits for one of these instead of a closing of its own.</summary>
    public IEnumerable<CaseEntry> JoinedTo(IReadOnlyList<CaseEntry> heads) => Open.Where(entry => entry.JoinedTo is { } head && heads.Any(one => one.MessageId == head));

    public bool IsOpen(Guid messageId) => entries.TryGetValue(messageId, out var entry) && entry.IsOpen;

    public PatientCases After(IEnumerable<CaseEntry> changed)
    {
        var last = changed.Reverse().DistinctBy(entry => entry.MessageId).ToDictionary(entry => entry.MessageId);
        return last.Count == 0 ? this : new PatientCases(entries.Values.Where(entry => !last.ContainsKey(entry.MessageId)).Concat(last.Values));
    }

    private static bool Share(IReadOnlyList<string> some, IEnumerable<string> others) => some.Count > 0 && others.Any(other => some.Contains(other, StringComparer.Ordinal));
}
