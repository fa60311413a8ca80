// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>Server push subscription criteria.</summary>
public partial class Subscription : DomainResource
{
    public override string TypeName => "Subscription";

    public Code? StatusElement { get => Get<Code>("status"); set => Set("status", value); }

    public SubscriptionStatus? Status { get => EnumLiterals.Parse<SubscriptionStatus>(GetText("status")); set => SetText<Code>("status", EnumLiterals.Format(value)); }

    public IList<ContactPoint> Contact { get => List<ContactPoint>("contact"); set => SetList("contact", value); }

    public Instant? EndElement { get => Get<Instant>("end"); set => Set("end", value); }

    public DateTimeOffset? End { get => Get<Instant>("end")?.Value; set => SetText<Instant>("end", new Instant(value).Text); }

    public FhirString? ReasonElement { get => Get<FhirString>("reason"); set => Set("reason", value); }

    public string? Reason { get => GetText("reason"); set => SetText<FhirString>("reason", value); }

    public FhirString? CriteriaElement { get => Get<FhirString>("criteria"); set => Set("criteria", value); }

    public string? Criteria { get => GetText("criteria"); set => SetText<FhirString>("criteria", value); }

    public FhirString? ErrorElement { get => Get<FhirString>("error"); set => Set("error", value); }

    public string? Error { get => GetText("error"); set => SetText<FhirString>("error", value); }

    public ChannelComponent? Channel { get => Get<ChannelComponent>("channel"); set => Set("channel", value); }

    /// <summary>http://hl7.org/fhir/ValueSet/subscription-channel-type</summary>
    public enum SubscriptionChannelType
    {
        [EnumLiteral("rest-hook")] RestHook,
        [EnumLiteral("websocket")] Websocket,
        [EnumLiteral("email")] Email,
        [EnumLiteral("sms")] Sms,
        [EnumLiteral("message")] Message,
    }

    /// <summary>http://hl7.org/fhir/ValueSet/subscription-status</summary>
    public enum SubscriptionStatus
    {
        [EnumLiteral("requested")] Requested,
        [EnumLiteral("active")] Active,
        [EnumLiteral("error")] Error,
        [EnumLiteral("off")] Off,
    }

    /// <summary>The channel on which to report matches to the criteria.</summary>
    public partial class ChannelComponent : BackboneElement
    {
        public override string TypeName => "Subscription.channel";

        public Code? TypeElement { get => Get<Code>("type"); set => Set("type", value); }

        public SubscriptionChannelType? Type { get => EnumLiterals.Parse<SubscriptionChannelType>(GetText("type")); set => SetText<Code>("type", EnumLiterals.Format(value)); }

        public FhirUrl? EndpointElement { get => Get<FhirUrl>("endpoint"); set => Set("endpoint", value); }

        public string? Endpoint { get => GetText("endpoint"); set => SetText<FhirUrl>("endpoint", value); }

        public Code? PayloadElement { get => Get<Code>("payload"); set => Set("payload", value); }

        public string? Payload { get => GetText("payload"); set => SetText<Code>("payload", value); }

        public IList<FhirString> HeaderElement { get => List<FhirString>("header"); set => SetList("header", value); }

        public IList<string?> Header { get => Texts<FhirString>("header"); set => SetTexts<FhirString>("header", value); }
    }
}

