using Vkp.Adapters;
using Vkp.EventStore;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Escalation;

/// <summary>That somebody was called, and that it is over: facts on a stream of the escalation's own, about no message, so that no count of messages is touched.</summary>
public static class EscalationFacts
{
    /// <summary>The permanent names.</summary>
    public const string RaisedEvent = "EscalationRaised";
    public const string ClearedEvent = "EscalationCleared";

    public static AppendRequest Raised(int tenant, RaisedEscalation escalation) => Fact(tenant, escalation, RaisedEvent);

    public static AppendRequest Cleared(int tenant, RaisedEscalation escalation) => Fact(tenant, escalation, ClearedEvent);

    private static AppendRequest Fact(int tenant, RaisedEscalation escalation, string type)
    {
        var metadata = new EventMetadata
        {
            Kind = $"escalation.{EscalationPolicy.Name(escalation.Kind)}", OccurredAt = escalation.Since,
            Source = escalation.Kind == EscalationKind.Silence ? escalation.Subject : null,
            Destination = escalation.Kind == EscalationKind.Destination ? escalation.Subject : null,
            InDocumentOf = escalation.Kind == EscalationKind.Alarm ? Guid.Parse(escalation.Subject) : null,
        };
        var id = DeterministicId.From("escalation", tenant.ToString("D9"), escalation.Id.ToString("N"), type);
        return new AppendRequest(tenant, new StreamName("escalation", escalation.Id.ToString("N")), [new NewEvent(id, type, metadata.ToJson(), ReadOnlyMemory<byte>.Empty)]);
    }
}
