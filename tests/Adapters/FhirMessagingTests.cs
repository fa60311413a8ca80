using System.Text;
using Vkp.Fhir;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;
using Vkp.TestSupport;
using Task = System.Threading.Tasks.Task;

namespace Vkp.Adapters.Tests;

public sealed class FhirMessagingTests
{
    private const string Name = "fhir-messaging";

    [Fact]
    public async Task A_message_is_a_strict_message_bundle_whose_header_comes_first_and_names_the_main_resource()
    {
        var bundle = await Composed();
        Assert.Equal(Bundle.BundleType.Message, bundle.Type);
        var header = Assert.IsType<MessageHeader>(bundle.Entry[0].Resource);
        Assert.Equal(Deliveries.MessageId.ToString(), header.Id);
        Assert.Equal(bundle.Entry[1].FullUrl, Assert.Single(header.Focus).Reference);
        Assert.Equal($"urn:uuid:{bundle.Entry[1].Resource!.Id}", bundle.Entry[1].FullUrl);
    }

    [Fact]
    public async Task The_message_is_the_one_that_was_approved() =>
        Snapshot.VerifyJson(Encoding.UTF8.GetString(FhirJson.Serialize(await Composed())));

    [Fact]
    public async Task Ok_to_our_message_is_journaled_with_the_answers_id_as_receipt()
    {
        var journaled = Assert.IsType<DeliveryOutcome.Journaled>(await Deliveries.Deliver(Name, Deliveries.Response(200, Deliveries.Answer("ok"))));
        Assert.Equal("5d8f0c7a-0000-4000-8000-000000000001", journaled.Receipt);
    }

    [Fact]
    public async Task Ok_to_another_message_is_unknown()
    {
        var unknown = Assert.IsType<DeliveryOutcome.Unknown>(await Deliveries.Deliver(Name, Deliveries.Response(200, Deliveries.Answer("ok", Guid.Empty))));
        Assert.Equal("VKP-508", unknown.Error.Code);
    }

    [Fact]
    public async Task A_gateways_200_is_unknown()
    {
        var unknown = Assert.IsType<DeliveryOutcome.Unknown>(await Deliveries.Deliver(Name, Deliveries.Response(200, "<html>ok</html>")));
        Assert.Equal("VKP-507", unknown.Error.Code);
    }

    [Fact]
    public async Task Transient_error_is_retried() =>
        Assert.IsType<DeliveryOutcome.RetryLater>(await Deliveries.Deliver(Name, Deliveries.Response(200, Deliveries.Answer("transient-error"))));

    [Fact]
    public async Task Fatal_error_is_refused_with_the_coded_reason()
    {
        const string Outcome = """,{"fullUrl":"urn:uuid:5d8f0c7a-0000-4000-8000-000000000002","resource":{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"business-rule","details":{"coding":[{"system":"http://ehelse.no/fhir/CodeSystem/vkp-operation-outcome-v090","code":"1.3"}]}}]}}""";
        var refused = Assert.IsType<DeliveryOutcome.Refused>(await Deliveries.Deliver(Name, Deliveries.Response(200, Deliveries.Answer("fatal-error", outcome: Outcome))));
        Assert.Equal("VKP-504", refused.Error.Code);
        Assert.Contains("business-rule/1.3", refused.Error.Message, StringComparison.Ordinal);
    }

    private static async Task<Bundle> Composed()
    {
        ReadOnlyMemory<byte> body = default;
        await EpjCatalog.Find(Name)!.DeliverAsync(
            Deliveries.Message(),
            (request, _) =>
            {
                body = request.Body;
                return Task.FromResult<EpjAnswer>(new EpjAnswer.NotSent("test"));
            },
            CancellationToken.None);
        var parsed = FhirJson.ParseStrict(body);
        Assert.DoesNotContain(parsed.Issues, issue => issue.Severity >= FhirSeverity.Error);
        return Assert.IsType<Bundle>(parsed.Resource);
    }
}
