using System.Globalization;
using System.Text.RegularExpressions;
using Vkp.Adapters;
using Vkp.Fhir.Codes;
using Vkp.Fhir.Model;
using Vkp.Hub.Registry;

namespace Vkp.Hub.Notifications;

/// <summary>How much of a document goes with its notification.</summary>
public enum PayloadContent
{
    [EnumLiteral("empty")] Empty,
    [EnumLiteral("id-only")] IdOnly,
    [EnumLiteral("full-resource")] FullResource,
}

/// <summary>What a subscription asks for, read from its resource: where to, what, how much and how often.</summary>
/// <param name="Headers">The subscriber's own, secrets among them: they go to its endpoint and nowhere else.</param>
/// <param name="EventsMax">In one notification; 1 when the subscriber does not say.</param>
/// <param name="Heartbeat">How long nothing may be heard before a heartbeat is sent; null = none is sent.</param>
/// <param name="End">When it ends by itself.</param>
public sealed partial record SubscriptionTerms(
    Uri Endpoint, IReadOnlyList<(string Name, string Value)> Headers, PayloadContent Content, int EventsMax, TimeSpan? Heartbeat, TimeSpan Timeout,
    IReadOnlyList<DocumentFilter> Filters, DateTimeOffset? End)
{
    /// <summary>What stands in place of a header's value when the subscription is read; sent back, it means the value that is stored.</summary>
    public const string Mask = "********";

    private static readonly string[] Forms = ["Bundle", "Composition", "MedicationDispense"];

    /// <summary>Headers that are the hub's to set, and those that would change what a request is.</summary>
    private static readonly string[] OwnHeaders = ["Host", "Accept", "Connection", "Transfer-Encoding", "TE", "Upgrade", "Expect", "Trailer", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection"];

    public static (SubscriptionTerms? Terms, IReadOnlyList<VkpError> Errors) Read(Subscription asked)
    {
        var errors = new List<VkpError>();
        void Wrong(string problem, string path) => errors.Add(Errors.SubscriptionInvalid(problem, $"Subscription.{path}"));

        if (asked.Criteria != SubscriptionsBackport.DocumentOffered) Wrong($"the topic must be '{SubscriptionsBackport.DocumentOffered}', the only one there is", "criteria");
        var channel = asked.Channel ?? new Subscription.ChannelComponent();
        if (channel.Type != Subscription.SubscriptionChannelType.RestHook) Wrong("the hub notifies by rest-hook", "channel.type");
        if (channel.Payload is not ("application/fhir+json" or "application/json")) Wrong("the payload is application/fhir+json", "channel.payload");
        if (ApprovedEndpoints.Fault(channel.Endpoint) is { } fault) Wrong($"the endpoint cannot be called: {fault}", "channel.endpoint");

        var code = (channel.PayloadElement?.GetExtension(SubscriptionsBackport.PayloadContent)?.Value as Code)?.Text;
        var content = EnumLiterals.Parse<PayloadContent>(code);
        if (content is null) Wrong("how much to send is not said: empty, id-only or full-resource", "channel.payload.extension");

        var heartbeat = Seconds(channel, SubscriptionsBackport.HeartbeatPeriod);
        if (heartbeat is { } period && period < Limits.SubscriptionHeartbeatMin) Wrong($"a heartbeat is at least {Limits.SubscriptionHeartbeatMin.TotalSeconds} s apart", "channel.extension");

        var filters = new List<DocumentFilter>();
        foreach (var text in asked.CriteriaElement?.Extension.Where(e => e.Url == SubscriptionsBackport.FilterCriteria).Select(e => (e.Value as FhirString)?.Text) ?? [])
        {
            if (text is not null && DocumentFilter.Parse(text, Forms) is { } filter) filters.Add(filter);
            else Wrong($"a filter is a resource type ({string.Join(", ", Forms)}) with {string.Join(", ", DocumentFilter.Known)}, like 'Bundle?lane=alarm'", "criteria.extension");
        }

        var headers = channel.Header.OfType<string>().ToList();
        if (headers.Count > Limits.SubscriptionHeadersMax) Wrong($"at most {Limits.SubscriptionHeadersMax} headers", "channel.header");
        // Neither name nor value is repeated: a line that cannot be read may be a secret.
        if (headers.Any(line => !IsHeader(line))) Wrong("a header is 'Name: value' in visible ASCII, and none that belongs to HTTP itself", "channel.header");
        if (errors.Count > 0) return (null, errors);

        var terms = new SubscriptionTerms(
            new Uri(channel.Endpoint!), [.. headers.Select(Divide)], content!.Value, Math.Min(Number(channel, SubscriptionsBackport.MaxCount) ?? 1, Limits.NotificationEventsMax), heartbeat,
            Seconds(channel, SubscriptionsBackport.Timeout) is { } timeout && timeout < Limits.DeliveryTimeout ? timeout : Limits.DeliveryTimeout, filters, asked.End);
        return (terms, []);
    }

    /// <summary>The resource as anybody but the endpoint may see it.</summary>
    public static void HideSecrets(Subscription subscription)
    {
        if (subscription.Channel is not { Header.Count: > 0 } channel) return;
        channel.Header = [.. channel.Header.OfType<string>().Select(line => $"{Divide(line).Name}: {Mask}")];
    }

    /// <summary>Puts the stored value where the mask was sent back. Not for another endpoint: whoever may change that could read there what was hidden here.</summary>
    public static void KeepSecrets(Subscription asked, Subscription stored)
    {
        if (asked.Channel is not { Header.Count: > 0 } channel || channel.Endpoint != stored.Channel?.Endpoint) return;

        var known = stored.Channel!.Header.OfType<string>().ToLookup(line => Divide(line).Name, StringComparer.OrdinalIgnoreCase);
        channel.Header = [.. channel.Header.Select(line => line is not null && Divide(line) is (var name, Mask) ? known[name].FirstOrDefault() ?? line : line)];
    }

    private static bool IsHeader(string line) =>
        line.Length <= Limits.SubscriptionHeaderCharactersMax && HeaderShape().IsMatch(line)
        && Divide(line) is var (name, value) && value != Mask && !OwnHeaders.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase);

    private static (string Name, string Value) Divide(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? (line, "") : (line[..colon], line[(colon + 1)..].Trim());
    }

    private static TimeSpan? Seconds(Subscription.ChannelComponent channel, string url) => Number(channel, url) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static int? Number(Subscription.ChannelComponent channel, string url) =>
        int.TryParse((channel.GetExtension(url)?.Value as Integer)?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    [GeneratedRegex(@"^[A-Za-z0-9-]{1,100}:[\x20-\x7E]*$", RegexOptions.None, 1000)]
    private static partial Regex HeaderShape();
}
