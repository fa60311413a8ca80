using Vkp.Adapters.Composing;
using Vkp.Adapters.Envelope;
using Vkp.Adapters.Errors;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Vendors.DignioStyle;

/// <summary>
/// A photo the patient has taken. The picture stays with the vendor: the national services take 1 MB, and the address is short-lived and may hold a key,
/// so neither goes on. What is kept says that there is a picture, of what, and its checksum.
/// </summary>
internal static class Photos
{
    public static Func<Outcome> Uploaded(VendorEvent source)
    {
        var data = source.Data;
        var mediaId = data.Text("mediaId", charactersMax: 64);
        var contentType = data.Text("contentType", charactersMax: 64);
        var bodySite = data.TextOrNull("bodySite", charactersMax: 200);
        var checksum = data.Text("sha256", charactersMax: 64);
        if (checksum.Length > 0 && (checksum.Length != 64 || !checksum.All(char.IsAsciiHexDigit)))
            source.Findings.Fault(TranslationErrors.TextForm(data.At("sha256"), "64 hexadecimal digits"));
        return () => new Outcome.Journal(
            Lane.Routine, ServiceCodes.HomeFollowUp, CaseRole.None, [], Freshness.Day, [Photo(source, mediaId, contentType, bodySite, checksum)])
        {
            AboutIds = [$"media:{mediaId}"],
            NoEntryReason = "photo",
        };
    }

    private static Media Photo(VendorEvent source, string mediaId, string contentType, string? bodySite, string checksum)
    {
        var id = source.SharedId("media", mediaId);
        return new Media
        {
            Id = id.ToString("D"),
            Identifier = [Parts.UuidIdentifier(id)],
            Status = EventStatus.Completed,
            Subject = Parts.Logical(source.Patient),
            Created = new FhirDateTime(source.OccurredAt),
            BodySite = bodySite is null ? null : new CodeableConcept { Text = bodySite },
            Content = new Attachment { ContentType = contentType, Title = $"Ligger hos leverandøren, {mediaId}" },
            Note = [new() { Text = $"SHA-256 {checksum}" }],
        };
    }
}
