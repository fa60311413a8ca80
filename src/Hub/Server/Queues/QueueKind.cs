using System.Globalization;
using System.Net;
using Vkp.Adapters;

namespace Vkp.Hub.Queues;

/// <summary>One way to reach a journal system through a queue: its permanent name in the configuration, and what a destination of this kind is told.</summary>
public sealed record QueueKind(string Name, IReadOnlyList<string> Schemes, IReadOnlyList<EpjSetting> Settings)
{
    public const string BodySetting = "body";
    public const string SchemaSetting = "schema";
    public const string UserSetting = "user";
    public const string PasswordSetting = "password";
    public const string RoutingTableSetting = "routingTable";
    public const string QueueSetting = "queue";
    public const string DepthMaxSetting = "depthMax";

    /// <summary>The value of <see cref="BodySetting"/> for which the document itself travels; else its ids and where to fetch it.</summary>
    public const string FullBody = "full";

    private static readonly EpjSetting[] Common =
    [
        new(UserSetting, "the role or user the hub logs in with, for this destination and no other", IsRequired: true),
        new(PasswordSetting, "its password", IsSecret: true),
        new(BodySetting, $"'ids' (default) or '{FullBody}': whether the document itself travels"),
        new(DepthMaxSetting, $"how many messages may wait for the endpoint before the hub waits too, {Limits.QueueDepthDefault} unless told"),
    ];

    public static readonly QueueKind PostgreSql = new("nservicebus-postgresql", ["postgresql"],
    [
        .. Common,
        new(SchemaSetting, "the schema in the transport database that is this destination's alone", IsRequired: true),
        new(RoutingTableSetting, "the table of subscriptions, 'SubscriptionRouting' unless told"),
    ]);

    public static readonly QueueKind RabbitMq = new("rabbitmq", ["amqp", "amqps"],
    [
        .. Common,
        new(QueueSetting, "the endpoint's queue, so that the hub can see how much waits there"),
    ]);

    public static IReadOnlyList<QueueKind> All { get; } = [PostgreSql, RabbitMq];

    public static QueueKind? Find(string adapter) => All.FirstOrDefault(kind => kind.Name == adapter);

    /// <summary>Everything wrong with a destination of this kind beside its settings' names.</summary>
    public IEnumerable<VkpError> Check(string address, IDictionary<string, string> settings, string path)
    {
        if (AddressProblem(address) is { } problem) yield return Errors.ConfigurationInvalid(problem, $"{path}.address");
        if (settings.TryGetValue(BodySetting, out var body) && body is not ("ids" or FullBody)) yield return Errors.ConfigurationInvalid($"it is 'ids' or '{FullBody}'", $"{path}.settings.{BodySetting}");
        if (settings.TryGetValue(DepthMaxSetting, out var depth) && !(int.TryParse(depth, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0))
        {
            yield return Errors.ConfigurationInvalid("it is a whole number above 0", $"{path}.settings.{DepthMaxSetting}");
        }
    }

    private string? AddressProblem(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !Schemes.Contains(address.Scheme) || address.UserInfo.Length > 0)
        {
            return $"address is not an absolute {string.Join(" or ", Schemes)} URL without user info";
        }

        if (QueuePlace.PathOf(address).Length == 0) return "address names no database or virtual host; each destination needs one of its own";
        return address.Scheme == "amqp" && !QueuePlace.IsLoopback(address) ? "amqp without TLS is for this machine only; use amqps" : null;
    }
}
