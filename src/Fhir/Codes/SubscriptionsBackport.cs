namespace Vkp.Fhir.Codes;

/// <summary>The names of the Subscriptions R5 Backport guide 1.1.0 for R4 (http://hl7.org/fhir/uv/subscriptions-backport), and the one topic the hub has.</summary>
public static class SubscriptionsBackport
{
    /// <summary>The hub's topic: a journal document became available to a journal system. A name, not an address.</summary>
    public const string DocumentOffered = "urn:vkp:topic:document-offered";

    public const string ImplementationGuide = Stem + "ImplementationGuide/hl7.fhir.uv.subscriptions-backport";
    public const string SubscriptionProfile = Stem + "StructureDefinition/backport-subscription";
    public const string NotificationProfile = Stem + "StructureDefinition/backport-subscription-notification-r4";
    public const string StatusProfile = Stem + "StructureDefinition/backport-subscription-status-r4";
    public const string FilterCriteria = Stem + "StructureDefinition/backport-filter-criteria";
    public const string PayloadContent = Stem + "StructureDefinition/backport-payload-content";
    public const string HeartbeatPeriod = Stem + "StructureDefinition/backport-heartbeat-period";
    public const string Timeout = Stem + "StructureDefinition/backport-timeout";
    public const string MaxCount = Stem + "StructureDefinition/backport-max-count";

    /// <summary>On CapabilityStatement.rest.resource: a topic the server has.</summary>
    public const string TopicCanonical = Stem + "StructureDefinition/capabilitystatement-subscriptiontopic-canonical";

    public const string StatusOperation = Stem + "OperationDefinition/backport-subscription-status";
    public const string EventsOperation = Stem + "OperationDefinition/backport-subscription-events";

    private const string Stem = "http://hl7.org/fhir/uv/subscriptions-backport/";
}
