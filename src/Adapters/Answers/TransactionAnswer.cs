using Vkp.Adapters.Errors;
using Vkp.Fhir.Json;
using Vkp.Fhir.Model;

namespace Vkp.Adapters.Answers;

/// <summary>What a FHIR server answers to a transaction.</summary>
internal static class TransactionAnswer
{
    /// <summary>
    /// Journaled when the answer is a transaction-response with as many entries as were sent, each taken. The receipt is the server's id of the first.
    /// A server that answers 2xx with anything less has not kept the rule that a transaction is taken whole, so nothing is known.
    /// </summary>
    public static DeliveryOutcome Read(EpjAnswer.Response answer, int entriesSent)
    {
        if (FhirJson.ParseLenient(answer.Body).Resource is not Bundle { Type: Bundle.BundleType.TransactionResponse } bundle || bundle.Entry.Count != entriesSent)
            return new DeliveryOutcome.Unknown(DeliveryErrors.AnswerUnreadable(answer.Status));
        return bundle.Entry.All(entry => IsTaken(entry.Response?.Status))
            ? new DeliveryOutcome.Journaled(ReasonCodes.SafeId(IdIn(bundle.Entry[0].Response?.Location)))
            : new DeliveryOutcome.Unknown(DeliveryErrors.AnswerUnreadable(answer.Status));
    }

    /// <summary>`201 Created`, `200 OK` or the number alone.</summary>
    private static bool IsTaken(string? status) => status is not null && (status.StartsWith("200", StringComparison.Ordinal) || status.StartsWith("201", StringComparison.Ordinal));

    /// <summary>`4711` in `DocumentReference/4711/_history/1` and in the same behind a server's address.</summary>
    private static string? IdIn(string? location)
    {
        var parts = location?.Split('/') ?? [];
        var history = Array.IndexOf(parts, "_history");
        var at = (history < 0 ? parts.Length : history) - 1;
        return at > 0 ? parts[at] : null;
    }
}
