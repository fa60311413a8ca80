using System.Text;
using Vkp.Adapters;
using Vkp.Adapters.Errors;
using Vkp.Fhir.Json;
using Vkp.Hub.Acknowledgement;
using Vkp.Hub.Delivery;
using Vkp.Hub.Registry;
using Vkp.Messages;

namespace Vkp.Hub.Queues;

/// <summary>Delivers to a journal system through its queue: publishes that the document is ready. In the journal it is when the journal system answers.</summary>
public sealed class QueueSender(IReadOnlyDictionary<string, IQueueTransport> transports, Func<string, string?> environment, TimeProvider time)
{
    /// <summary>Null when the hub is stopping: the delivery stays as it is, and the next try has the same ids.</summary>
    public async Task<DeliveryOutcome?> SendAsync(DeliveryRow row, RegistryState municipality, Destination destination, ComposedDocument document, OutboundMessage message, CancellationToken ct)
    {
        var place = QueuePlace.Of(row.Tenant, destination, environment);
        if (destination.Settings.ContainsKey(QueueKind.PasswordSetting) && !place.Settings.ContainsKey(QueueKind.PasswordSetting))
        {
            return new DeliveryOutcome.RetryLater(DeliveryErrors.SettingUnusable(QueueKind.PasswordSetting), null);
        }

        using var timeout = new CancellationTokenSource(Limits.DeliveryTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, ct);
        try
        {
            return await transports[destination.Adapter].PublishAsync(place, Ready(row, municipality, document, message, place), both.Token);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new DeliveryOutcome.Unknown(DeliveryErrors.Unanswered($"no answer within {Limits.DeliveryTimeout.TotalSeconds:0} s"));
        }
    }

    private static DocumentReady Ready(DeliveryRow row, RegistryState municipality, ComposedDocument document, OutboundMessage message, QueuePlace place)
    {
        var form = Offer.FormOf(document.Main.Metadata.Form, row.Covers.Count + row.Context.Count);
        return new DocumentReady
        {
            MessageId = row.MessageId,
            DeliveryId = row.BundleId,
            Municipality = message.MunicipalityOrgNo,
            Destination = row.Destination,
            Position = row.Position,
            Kind = message.EventKind,
            Lane = row.Lane.ToString(),
            IsLate = message.IsLate,
            RecordedAt = message.RecordedAt,
            FetchFrom = $"v1/{form}/{row.MessageId:D}",
            Document = place.WantsDocument ? Whole(form, municipality, document, message) : null,
        };
    }

    /// <summary>As it would be fetched, but for when it was offered.</summary>
    private static string Whole(string form, RegistryState municipality, ComposedDocument document, OutboundMessage message)
    {
        var tags = FetchedResource.TagsOf(municipality, document.Main.Metadata.Source!, document.Main.Metadata.SourceSystem);
        return Encoding.UTF8.GetString(FhirJson.Serialize(FetchedResource.Of(form, document, message.RecordedAt, tags)));
    }
}
