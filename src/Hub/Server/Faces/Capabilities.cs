using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;

namespace Vkp.Hub.Faces;

/// <summary>An operation the hub answers, `GET /fhir/Subscription/{id}`, with the parameters its search takes.</summary>
internal sealed record ServedRoute(string Method, string Pattern, SearchParameters? Search);

/// <summary>
/// The CapabilityStatement (http://hl7.org/fhir/R4/capabilitystatement.html), made from the routes that are there: what nobody answers is not in it, and a route of a form
/// nobody has thought of here is a fault that a test shows. Pure.
/// </summary>
internal static class Capabilities
{
    /// <summary>How long a journal system that takes our messages should know their ids: as long as it may be away and the hub still keeps its messages.</summary>
    private static readonly TimeSpan ReliableCache = TimeSpan.FromDays(14);

    private static readonly Dictionary<string, string> Operations = new(StringComparer.Ordinal)
    {
        ["status"] = SubscriptionsBackport.StatusOperation,
        ["events"] = SubscriptionsBackport.EventsOperation,
    };

    /// <param name="since">Since when this instance serves what it says.</param>
    public static CapabilityStatement Of(IEnumerable<ServedRoute> routes, string version, DateTimeOffset since)
    {
        var rest = new CapabilityStatement.RestComponent
        {
            Mode = CapabilityStatement.RestfulCapabilityMode.Server,
            Security = new()
            {
                Service = { new CodeableConcept(Systems.RestfulSecurityService, "OAuth") },
                Description = "An access token of the health sector's issuer, bound to the client's own key (DPoP); the municipality is the token's.",
            },
        };
        foreach (var route in routes) Add(rest, route);
        return new CapabilityStatement
        {
            Status = PublicationStatus.Active,
            Date = FhirTime.Format(since),
            Kind = CapabilityStatement.CapabilityStatementKind.Instance,
            Software = new() { Name = "VKP hub", Version = version },
            Implementation = new() { Description = "Between welfare technology and patient journals" },
            FhirVersion = "4.0.1",
            Format = ["application/fhir+json"],
            ImplementationGuide = [SubscriptionsBackport.ImplementationGuide],
            Rest = { rest },
            Messaging = { Sender() },
        };
    }

    /// <summary>The hub sends messages and takes none here. No supportedMessage: it demands a MessageDefinition's address, and nobody has published one for these events.</summary>
    private static CapabilityStatement.MessagingComponent Sender() => new()
    {
        ReliableCache = (int)ReliableCache.TotalMinutes,
        Documentation = $"Sends FHIR messages ($process-message) to journal systems; events of {Vkp.Fhir.Codes.MessageEvents.System}. A repeat has the same MessageHeader.id, and a person's resend a new Bundle.id under the same MessageHeader.id: a receiver should know both for as long as reliableCache says.",
    };

    private static void Add(CapabilityStatement.RestComponent rest, ServedRoute route)
    {
        switch (route.Method, Parts(route.Pattern))
        {
            case ("POST", []):
                rest.Interaction.Add(new() { Code = CapabilityStatement.SystemRestfulInteraction.Batch });
                break;
            case ("GET", ["metadata"]):
                // The capabilities interaction is every server's; there is no code for it.
                break;
            case ("POST", [var type]):
                Interact(rest, type, CapabilityStatement.TypeRestfulInteraction.Create);
                break;
            case (_, [var type, .., ['$', .. var operation]]):
                Operate(Resource(rest, type), operation, route);
                break;
            case ("GET", [var type]):
                Search(rest, type, route);
                break;
            case ("POST", [var type, "_search"]):
                Search(rest, type, route);
                break;
            case ("GET", [var type, _]):
                Interact(rest, type, CapabilityStatement.TypeRestfulInteraction.Read);
                break;
            case ("PUT", [var type, _]):
                Interact(rest, type, CapabilityStatement.TypeRestfulInteraction.Update);
                break;
            case ("DELETE", [var type, _]):
                Interact(rest, type, CapabilityStatement.TypeRestfulInteraction.Delete);
                break;
            default:
                throw Unknown(route);
        }
    }

    private static void Search(CapabilityStatement.RestComponent rest, string type, ServedRoute route)
    {
        Interact(rest, type, CapabilityStatement.TypeRestfulInteraction.SearchType);
        foreach (var (name, kind) in route.Search?.Known ?? throw Unknown(route)) Resource(rest, type).SearchParam.Add(new() { Name = name, Type = kind });
    }

    /// <summary>Once, however many verbs and levels it has.</summary>
    private static void Operate(CapabilityStatement.ResourceComponent resource, string operation, ServedRoute route)
    {
        if (resource.Operation.All(known => known.Name != operation)) resource.Operation.Add(new() { Name = operation, Definition = Operations.GetValueOrDefault(operation) ?? throw Unknown(route) });
    }

    private static void Interact(CapabilityStatement.RestComponent rest, string type, CapabilityStatement.TypeRestfulInteraction interaction) =>
        Resource(rest, type).Interaction.Add(new() { Code = interaction });

    private static CapabilityStatement.ResourceComponent Resource(CapabilityStatement.RestComponent rest, string type)
    {
        if (rest.Resource.FirstOrDefault(known => known.Type == type) is { } there) return there;

        var added = new CapabilityStatement.ResourceComponent { Type = type };
        if (type == "Subscription")
        {
            added.SupportedProfile = [SubscriptionsBackport.SubscriptionProfile];
            added.AddExtension(SubscriptionsBackport.TopicCanonical, new Canonical(SubscriptionsBackport.DocumentOffered));
        }

        rest.Resource.Add(added);
        return added;
    }

    /// <summary>The parts of the address after `/fhir`.</summary>
    private static string[] Parts(string pattern) => pattern.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];

    private static InvalidOperationException Unknown(ServedRoute route) =>
        new($"{route.Method} {route.Pattern} is of no form that the CapabilityStatement knows.");
}
