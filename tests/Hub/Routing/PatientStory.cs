using System.Collections.Immutable;
using Vkp.Adapters;
using Vkp.Hub.Registry;
using Vkp.Hub.Routing;

namespace Vkp.Hub.Tests.Routing;

/// <summary>A patient's messages folded one by one, as Routing does: given what came before, when a message comes, then the decision.</summary>
internal sealed class PatientStory(params (string Kind, JournalingPolicy Policy)[] policies)
{
    private static readonly DateTimeOffset Morning = new(2026, 5, 11, 6, 0, 0, TimeSpan.Zero);

    private readonly RegistryState registry = RegistryState.Empty(888134574) with
    {
        Name = "Eksempel",
        Policy = Policy.Initial with { Journaling = policies.ToImmutableSortedDictionary(p => p.Kind, p => p.Policy, StringComparer.Ordinal) },
    };

    private readonly List<(RoutedMessage Message, RouteDecision Decision)> told = [];

    public PatientCases Cases { get; private set; } = PatientCases.None;

    /// <summary>Messages that wait for a closing.</summary>
    public IEnumerable<string> Waiting => Cases.All.Where(entry => entry.State == CaseEntryState.Waiting).Select(entry => Name(entry.Position));

    /// <summary>The documents so far: main message first, then what it carries; after a bar what it adds to.</summary>
    public IEnumerable<string> Documents => told.Select(t => t.Decision.Document).OfType<DocumentPlan>()
        .Select(d => string.Join(' ', d.Content.Select(Name)) + (d.Context.Count == 0 ? "" : " | " + string.Join(' ', d.Context.Select(Name))));

    /// <summary>What is settled, now or with a document, with its reason.</summary>
    public IEnumerable<string> Settled => told.SelectMany(t => t.Decision.Settled.Select(s => $"{NameOf(s.MessageId)}: {s.Reason}")
        .Concat((t.Decision.Document?.Settles ?? []).Select(s => $"{Name(s.Position)}: {s.Reason}")));

    /// <param name="name">What the test calls the message.</param>
    /// <param name="minute">When it happened, after the story's beginning; messages arrive in the order they are told.</param>
    public RouteDecision Then(string name, string kind, int minute, Func<RoutedMessage, RoutedMessage>? with = null)
    {
        var message = new RoutedMessage(Guid.NewGuid(), told.Count + 1, kind, Lane.Clinical, Morning.AddMinutes(minute));
        message = with?.Invoke(message) ?? message;
        var decision = Router.Decide(message, Cases, registry);
        names[message.Position] = name;
        told.Add((message, decision));
        Cases = Cases.After(decision.Entries);
        return decision;
    }

    public RouteDecision Missed(string name, int minute, string dose = "d1", string? alert = null) =>
        Then(name, "dose.notTaken", minute, m => Opening(m, alert ?? name) with { AboutKeys = [dose], Traits = CaseTraits.Provisional | CaseTraits.Deviation });

    public RouteDecision Unknown(string name, int minute, string dose = "d1") =>
        Then(name, "dose.unconfirmed", minute, m => Opening(m, name) with { AboutKeys = [dose], Traits = CaseTraits.Provisional | CaseTraits.Unknown | CaseTraits.Deviation });

    public RouteDecision Dispensed(string name, int minute, string dose = "d1") =>
        Then(name, "dose.dispensed", minute, m => m with { AboutKeys = [dose], EndsKeys = ["contact"], Traits = CaseTraits.Outcome });

    public RouteDecision Alarm(string name, int minute, string group = "press") =>
        Then(name, "alarm.raised", minute, m => Opening(m, name) with { GroupKey = group, AboutKeys = [$"alarm:{name}"], Traits = CaseTraits.Deviation });

    public RouteDecision Closed(string name, int minute, string[] alerts, CaseTraits traits = CaseTraits.None, string[]? whole = null, string[]? about = null) =>
        Then(name, "alert.closed", minute, m => m with { Role = CaseRole.Closes, CaseKeys = alerts, WholeCaseKeys = whole ?? [], AboutKeys = about ?? [], Traits = traits });

    public static RoutedMessage Opening(RoutedMessage message, string alert) => message with { Role = CaseRole.Opens, CaseKeys = [alert] };

    private readonly Dictionary<long, string> names = [];

    private string Name(long position) => names[position];

    private string NameOf(Guid id) => Name(told.Select(t => t.Message).FirstOrDefault(m => m.Id == id)?.Position ?? told.Count);
}
