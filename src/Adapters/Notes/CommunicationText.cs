using Vkp.Fhir.Model;

namespace Vkp.Adapters.Notes;

/// <summary>A message between patient and service.</summary>
internal static class CommunicationText
{
    public static IEnumerable<string> Lines(Communication communication)
    {
        var from = Says.Who(communication.Sender) is { Length: > 0 } sender ? $" fra {sender}" : string.Empty;
        var at = Says.Time(communication.SentElement) is { Length: > 0 } time ? $" {time}" : string.Empty;
        var words = communication.Payload.Select(payload => payload.Content).OfType<FhirString>().Select(text => text.Text ?? string.Empty);
        yield return $"Melding{from}{at}: {string.Join(" ", words)}".TrimEnd(':', ' ');
    }
}
