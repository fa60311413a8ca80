using Vkp.Hub.Queues;

namespace Vkp.Hub.Tests.Registry;

public class QueueKindTests
{
    [Theory]
    [InlineData("nservicebus-postgresql", "postgresql://db.example/transport")]
    [InlineData("rabbitmq", "amqps://broker.example/kommune-epj")]
    [InlineData("rabbitmq", "amqp://127.0.0.1:5672/kommune-epj")]
    public void An_address_of_its_own_place_is_taken(string kind, string address) => Assert.Empty(Check(kind, address));

    [Theory]
    [InlineData("nservicebus-postgresql", "postgresql://db.example/")]
    [InlineData("nservicebus-postgresql", "postgresql://user:secret@db.example/transport")]
    [InlineData("nservicebus-postgresql", "https://db.example/transport")]
    [InlineData("rabbitmq", "amqps://broker.example/")]
    [InlineData("rabbitmq", "amqp://broker.example/kommune-epj")]
    public void An_address_without_a_place_of_its_own_or_without_protection_is_refused_and_not_repeated(string kind, string address) =>
        Assert.DoesNotContain("secret", Assert.Single(Check(kind, address)).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("body", "everything")]
    [InlineData("depthMax", "0")]
    [InlineData("depthMax", "many")]
    public void A_setting_that_means_nothing_is_refused(string name, string value) =>
        Assert.Single(QueueKind.RabbitMq.Check("amqps://broker.example/epj", new Dictionary<string, string> { [name] = value }, "destinations[0]"));

    private static IEnumerable<Adapters.VkpError> Check(string kind, string address) => QueueKind.Find(kind)!.Check(address, new Dictionary<string, string>(), "destinations[0]");
}
