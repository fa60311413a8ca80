using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.VkpR4;

/// <summary>When what is submitted happened. A document counts from when it was written, not from when its alert was raised: a case may stay open for long.</summary>
internal static class EventTime
{
    public static DateTimeOffset Of(Submission submission, DateTimeOffset receivedAt)
    {
        var own = submission.Main switch
        {
            Composition composition => At(composition.DateElement),
            MedicationDispense dispense => At(dispense.WhenHandedOverElement),
            Encounter encounter => At(encounter.Period?.EndElement) ?? At(encounter.Period?.StartElement),
            DetectedIssue { Identified: FhirDateTime identified } => At(identified),
            Communication communication => At(communication.SentElement),
            _ => null,
        };
        var at = own ?? submission.Timestamp ?? receivedAt;
        // A clock that is ahead does not make a message newer than its arrival.
        return at > receivedAt ? receivedAt : at;
    }

    private static DateTimeOffset? At(FhirDateTime? element) => element is not null && element.TryToDateTimeOffset(out var at) ? at : null;
}
