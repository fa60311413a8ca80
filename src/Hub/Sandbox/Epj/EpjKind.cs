namespace Vkp.Sandbox;

/// <summary>The kinds of journal system that can be simulated: those that are called by the names of the hub's adapters, and those that fetch.</summary>
public static class EpjKind
{
    public const string FhirMessaging = "fhir-messaging";

    public static IReadOnlyList<string> All { get; } =
        [FhirMessaging, "fhir-document", "fhir-transaction", "gerica-style", "profil-style", "cosdoc-style", "helseplattformen-style"];

    /// <summary>Asks the hub at intervals (JFT's read side).</summary>
    public const string Pulling = "jft-pull";

    /// <summary>Is told by a FHIR Subscription that there is something to fetch.</summary>
    public const string Subscribing = "fhir-subscription";

    /// <summary>Takes messages from a queue table of NServiceBus's PostgreSQL transport.</summary>
    public const string PostgreSqlQueue = "nservicebus-postgresql";

    /// <summary>Takes messages from a queue of a RabbitMQ broker.</summary>
    public const string AmqpQueue = "rabbitmq";

    /// <summary>Those of <see cref="Fetching"/> that a queue tells what there is to fetch, and that answer there: by the names of the hub's adapters.</summary>
    public static IReadOnlyList<string> Queued { get; } = [PostgreSqlQueue, AmqpQueue];

    /// <summary>Those that <see cref="FetchingEpj"/> is; nobody calls them with a message.</summary>
    public static IReadOnlyList<string> Fetching { get; } = [Pulling, Subscribing, .. Queued];

    /// <exception cref="SandboxException">VKP-953: no such kind.</exception>
    internal static IEpjDialect Dialect(string kind) => kind switch
    {
        FhirMessaging => new FhirMessagingDialect(),
        "fhir-document" or "fhir-transaction" or "helseplattformen-style" => new FhirRestDialect(),
        "gerica-style" => new GericaDialect(),
        "profil-style" => new ProfilDialect(),
        "cosdoc-style" => new CosDocDialect(),
        _ => throw SandboxException.UnknownKind(kind, All),
    };
}
