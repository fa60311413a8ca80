using Vkp.Adapters;

namespace Vkp.Hub.Acknowledgement;

/// <summary>
/// Why a journal system does not journal a document it fetched. The reasons are codes and nothing else: a text written about a patient's message could name the
/// patient. Both the codes and what they become are permanent.
/// </summary>
public static class Rejections
{
    private static readonly Dictionary<string, VkpError> ByReason = new(StringComparer.Ordinal)
    {
        ["patient-unknown"] = Of(610, "does not know the patient", "Municipality: register the patient in the journal system, or correct the identifier; then send it again."),
        ["patient-not-ours"] = Of(611, "says that the patient is not, or no longer, the municipality's", "Municipality: end the patient's services in the configuration, or correct the patient."),
        ["service-missing"] = Of(612, "finds no active service that the document can be journaled under", "Municipality: give the patient the service in the journal system; then send it again."),
        ["duplicate"] = Of(613, "has the same content already, under another id", "Vendor and municipality: see which system sent it first; only one should report it."),
        ["content-invalid"] = Of(614, "cannot use the content", "Vendor: see the profile of the resource, and send a correction."),
        ["not-for-journal"] = Of(615, "says that it does not belong in a journal", "Municipality: settle the kind by policy if it never does."),
        ["other"] = Of(619, "gave no reason that has a code", "Municipality: ask the journal system's operator, with the message's id."),
    };

    public static IReadOnlyCollection<string> Reasons => ByReason.Keys;

    /// <summary>Null for a reason that is not one of <see cref="Reasons"/>.</summary>
    public static VkpError? Find(string? reason) => reason is null ? null : ByReason.GetValueOrDefault(reason);

    private static VkpError Of(int number, string what, string hint) => new($"VKP-{number}", ErrorCategory.Incorrect, $"The journal system {what}.", hint);
}
