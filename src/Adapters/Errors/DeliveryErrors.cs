namespace Vkp.Adapters.Errors;

/// <summary>
/// The 5xx errors an EPJ adapter can return. No factory takes free text from the EPJ: what an EPJ writes in an answer may name a patient,
/// so only statuses and codes of restricted form come through.
/// </summary>
public static class DeliveryErrors
{
    public static VkpError NotReached() => new(
        "VKP-501", ErrorCategory.Unavailable, "The EPJ could not be reached; the message was certainly not sent.",
        "The hub tries again by itself. If it lasts, operations check the address and the network path ('vkp status').");

    public static VkpError Away(int status) => new(
        "VKP-502", ErrorCategory.Unavailable, $"The EPJ answered HTTP {status}: it cannot take the message now.",
        "The hub tries again by itself, no sooner than the EPJ asked for.");

    /// <param name="reason">Coded reasons from the answer, or empty.</param>
    public static VkpError RefusedByStatus(int status, string reason) => new(
        "VKP-503", ErrorCategory.Incorrect, $"The EPJ refused the message with HTTP {status}{Reasons(reason)}.",
        "The message is parked. A person corrects the cause (patient, service, set-up of the EPJ) and sends it again ('vkp dead-letters retry').");

    public static VkpError RefusedByAnswer(string reason) => new(
        "VKP-504", ErrorCategory.Incorrect, $"The EPJ answered fatal-error{Reasons(reason)}.",
        "The message is parked. A person corrects the cause (patient, service, set-up of the EPJ) and sends it again ('vkp dead-letters retry').");

    public static VkpError Transient(string reason) => new(
        "VKP-505", ErrorCategory.Unavailable, $"The EPJ answered transient-error{Reasons(reason)}.",
        "The hub tries again by itself.");

    /// <param name="what">The hub's own words: `time-out`, `redirect`, `answer too large`.</param>
    public static VkpError Unanswered(string what) => new(
        "VKP-506", ErrorCategory.Unavailable, $"Nobody knows whether the EPJ has the message: {what}.",
        "A receiver that deduplicates is sent the same ids again; one that can be asked is asked; otherwise a person decides ('vkp trace').");

    public static VkpError AnswerUnreadable(int status) => new(
        "VKP-507", ErrorCategory.Unavailable, $"The EPJ answered HTTP {status} without a readable response message, so the message does not count as journaled.",
        "The same ids are sent again. If it lasts, the EPJ's operator checks that $process-message answers with a response Bundle and that no gateway answers in its place.");

    public static VkpError AnswerToAnother() => new(
        "VKP-508", ErrorCategory.Unavailable, "The EPJ's answer names another message than the one that was sent, so the message does not count as journaled.",
        "The same ids are sent again. If it lasts, the EPJ's operator checks the MessageHeader.response.identifier of its answers.");

    private static string Reasons(string reason) => reason.Length == 0 ? string.Empty : $" ({reason})";
}
