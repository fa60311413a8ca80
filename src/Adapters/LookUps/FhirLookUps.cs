using System.Text;
using Vkp.Adapters.Answers;
using Vkp.Adapters.Errors;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.LookUps;

/// <summary>
/// A look-up at a journal system that speaks FHIR: `POST [type]/_search` with a form, so that the patient never stands in an address, and the service codes in the
/// header that the national interface uses.
/// </summary>
internal static class FhirLookUps
{
    private const string FormType = "application/x-www-form-urlencoded";

    public static async Task<LookUpOutcome> AskAsync(LookUp query, EpjSend send, IReadOnlyList<(string Name, string Value)> headers, CancellationToken ct)
    {
        var request = new EpjRequest("POST", $"{query.ResourceType}/_search", FormType, Encoding.UTF8.GetBytes(Form(query)))
        {
            ChangesJournal = false,
            Accept = "application/fhir+json",
            Headers = [("ServiceCodes", string.Join(',', query.ServiceCodes)), .. headers],
        };
        return Read(await send(request, ct));
    }

    private static string Form(LookUp query)
    {
        var pairs = query.Dates.Select(date => ("date", date)).ToList();
        if (query.Patient is { } patient) pairs.Add((query.ResourceType == "Patient" ? "identifier" : "patient.identifier", $"{patient.System}|{patient.Value}"));
        return string.Join('&', pairs.Select(pair => $"{pair.Item1}={Uri.EscapeDataString(pair.Item2)}"));
    }

    private static LookUpOutcome Read(EpjAnswer answer)
    {
        if (LookUpAnswers.Failure(answer, ReasonCodes.OfFhir) is { } failed) return failed;
        return FhirJson.ParseLenient(((EpjAnswer.Response)answer).Body).Resource is Bundle { Type: Bundle.BundleType.Searchset } bundle
            ? new LookUpOutcome.Found([.. bundle.Entry.Select(entry => entry.Resource).OfType<Resource>().Where(resource => resource is not OperationOutcome)])
            : new LookUpOutcome.Failed(LookUpErrors.Unreadable());
    }
}
