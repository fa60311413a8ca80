using Vkp.Fhir.Codes;
using Vkp.Adapters.Envelope;
using Vkp.Fhir.Model;
using static Vkp.Fhir.Model.DetectedIssue;

namespace Vkp.Adapters.Composing;

/// <summary>Alerts as VKP has them: a DetectedIssue whose code says what kind and whose detail says it in words.</summary>
internal static class Alerts
{
    public static DetectedIssue Alert(
        VendorEvent source, Guid id, FhirCode code, DetectedIssueSeverity? severity, ResourceReference? author, string? detail) => new()
        {
            Id = id.ToString("D"),
            Meta = Parts.Profile(VkpProfiles.DetectedIssue),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = ObservationStatus.Final,
            Code = code,
            Severity = severity,
            Patient = Parts.Logical(source.Patient),
            Identified = new FhirDateTime(source.OccurredAt),
            Author = author,
            Detail = string.IsNullOrEmpty(detail) ? null : detail,
        };
}
