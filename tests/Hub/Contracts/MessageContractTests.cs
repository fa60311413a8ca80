using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Vkp.Adapters;
using Vkp.Hub.Acknowledgement;
using Vkp.Hub.Queues;
using Vkp.Messages;
using Vkp.TestSupport;

namespace Vkp.Hub.Tests.Contracts;

/// <summary>What an EPJ developer references and reads: the message types' library and the AsyncAPI document beside it.</summary>
public class MessageContractTests
{
    private static readonly Assembly Library = typeof(DocumentReady).Assembly;

    private static JsonNode Document => JsonNode.Parse(Repository.ReadText("contracts", "messages", "asyncapi.json"))!;

    private static IEnumerable<Type> Messages => Library.GetExportedTypes().Where(t => !t.IsAbstract).OrderBy(t => t.Name, StringComparer.Ordinal);

    [Fact]
    public void The_public_shape_of_the_library_is_the_approved_one()
    {
        var shape = new StringBuilder();
        foreach (var type in Library.GetExportedTypes().OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            shape.Append(CultureInfo.InvariantCulture, $"{(type.IsAbstract ? "static" : "sealed")} class {type.FullName}\n");
            foreach (var property in type.GetProperties()) shape.Append(CultureInfo.InvariantCulture, $"  {TypeName(property)} {property.Name} {{ get;{(property.SetMethod is null ? "" : " set;")} }}\n");
            foreach (var constant in type.GetFields()) shape.Append(CultureInfo.InvariantCulture, $"  const {constant.Name} = \"{constant.GetRawConstantValue()}\"\n");
        }

        Snapshot.Verify(shape.ToString());
    }

    [Fact]
    public void The_library_references_nothing_but_the_standard() => Assert.Equal(["netstandard"], Library.GetReferencedAssemblies().Select(a => a.Name));

    [Fact]
    public void Every_rejection_reason_of_the_library_is_one_the_hub_knows_and_the_other_way_round() =>
        Assert.Equal(Rejections.Reasons.Order(), typeof(RejectionReasons).GetFields().Select(f => (string)f.GetRawConstantValue()!).Order());

    [Fact]
    public void The_asyncapi_document_describes_every_message_of_the_library_property_by_property()
    {
        var schemas = Document["components"]!["schemas"]!.AsObject();
        Assert.Equal(Messages.Select(t => t.Name), schemas.Select(s => s.Key).Order(StringComparer.Ordinal));
        foreach (var type in Messages)
        {
            var schema = schemas[type.Name]!;
            Assert.Equal(type.GetProperties().Select(p => (p.Name, JsonType(p))), schema["properties"]!.AsObject().Select(p => (p.Key, JsonType(p.Value!))));
            Assert.Equal(type.GetProperties().Where(p => !IsNullable(p)).Select(p => p.Name), schema["required"]!.AsArray().Select(n => (string)n!));
        }

        Assert.Equal(Rejections.Reasons, schemas[nameof(JournalingRejected)]!["properties"]!["Reason"]!["enum"]!.AsArray().Select(n => (string)n!));
        Assert.Equal(Enum.GetNames<Lane>(), schemas[nameof(DocumentReady)]!["properties"]!["Lane"]!["enum"]!.AsArray().Select(n => (string)n!));
    }

    [Fact]
    public void The_asyncapi_documents_addresses_types_and_headers_are_the_ones_on_the_wire()
    {
        var channels = Document["channels"]!;
        Assert.Equal(RabbitMqTransport.ExchangeOf(typeof(DocumentReady)), (string?)channels["documents"]!["bindings"]!["amqp"]!["exchange"]!["name"]);
        Assert.Equal(QueuePlace.HubQueue, (string?)channels["answers"]!["address"]);
        Assert.Equal(Messages.Select(t => t.FullName), Document["components"]!["messages"]!.AsObject().Select(m => (string?)m.Value!["name"]).Order(StringComparer.Ordinal));

        var sent = QueueMessage.Publish(new DocumentReady(), "vkp.hub", DateTimeOffset.UnixEpoch).Headers;
        Assert.Equal(sent.Keys, HeadersOf(nameof(DocumentReady)));
        Assert.All([nameof(JournalingAcknowledged), nameof(JournalingRejected)], answer => Assert.Equal([QueueMessage.TypesHeader], HeadersOf(answer)));
    }

    private static IEnumerable<string> HeadersOf(string message) => Document["components"]!["messages"]![message]!["headers"]!["properties"]!.AsObject().Select(header => header.Key);

    private static string TypeName(PropertyInfo property) => property.PropertyType.Name + (IsNullable(property) ? "?" : "");

    private static bool IsNullable(PropertyInfo property) => new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;

    private static string JsonType(PropertyInfo property) => property.PropertyType.Name switch
    {
        nameof(Guid) => "string/uuid",
        nameof(DateTimeOffset) => "string/date-time",
        nameof(Int64) => "integer/int64",
        nameof(Boolean) => "boolean/",
        _ => IsNullable(property) ? "string,null/" : "string/",
    };

    private static string JsonType(JsonNode schema) => $"{(schema["type"] is JsonArray any ? string.Join(',', any.Select(n => (string)n!)) : (string)schema["type"]!)}/{(string?)schema["format"]}";
}
