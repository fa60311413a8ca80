using Vkp.Adapters;
using Vkp.Hub.Tests.Sandbox;
using Vkp.Messages;

namespace Vkp.Hub.Tests.Queues;

/// <summary>A message to publish, the same every time.</summary>
internal static class QueueMessages
{
    public static DocumentReady Ready(Guid? deliveryId = null, Lane lane = Lane.Routine) => new()
    {
        MessageId = Guid.Parse("6f0f2a1c-0000-5000-8000-000000000001"),
        DeliveryId = deliveryId ?? Guid.Parse("6f0f2a1c-0000-5000-8000-000000000002"),
        Municipality = "312229544",
        Destination = "epj",
        Position = 41,
        Kind = "dose.dispensed",
        Lane = lane.ToString(),
        RecordedAt = SetClock.Noon,
        FetchFrom = "v1/MedicationDispense/6f0f2a1c-0000-5000-8000-000000000001",
    };
}
