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
        "VKP-507", ErrorCategory.Unavailable, $"The EPJ answered HTTP {status} without an answer of its own that can be read, so the message does not count as journaled.",
        "A receiver that deduplicates is sent the same ids again. If it lasts, the EPJ's operator checks what the interface answers, and that no gateway answers in its place.");

    public static VkpError AnswerToAnother() => new(
        "VKP-508", ErrorCategory.Unavailable, "The EPJ's answer names another message than the one that was sent, so the message does not count as journaled.",
        "The same ids are sent again. If it lasts, the EPJ's operator checks which message its answers name.");

    public static VkpError PatientNotNamed() => new(
        "VKP-509", ErrorCategory.Incorrect, "The message names the patient by no number that this EPJ knows patients by.",
        "The municipality registers the patient's number in the EPJ ('vkp config apply', the patient's identifiers), then sends the message again ('vkp dead-letters retry').");

    public static VkpError PatientUnknown() => new(
        "VKP-510", ErrorCategory.Incorrect, "The EPJ knows no patient with the number of the message.",
        "The municipality registers the patient in the EPJ, or corrects the number, then sends the message again ('vkp dead-letters retry').");

    public static VkpError NoActiveService() => new(
        "VKP-511", ErrorCategory.Incorrect, "The EPJ says that the patient has no active service that fits the message (1.3 MissingActiveService).",
        "The municipality registers the service in the EPJ, then sends the message again ('vkp dead-letters retry').");

    public static VkpError SettingUnusable(string name) => new(
        "VKP-512", ErrorCategory.Incorrect, $"The destination's setting '{name}' is missing or cannot be used.",
        "The operator corrects it ('vkp config apply'); the message is tried again by itself.");

    /// <param name="status">Of a look-up that went wrong before anything was sent to the journal.</param>
    public static VkpError LookUpUnreadable(int status) => new(
        "VKP-513", ErrorCategory.Unavailable, $"The EPJ answered HTTP {status} to a look-up, and the answer cannot be read. Nothing was sent to the journal.",
        "The hub tries again by itself. If it lasts, the EPJ's operator checks the interface and whether a gateway answers in its place.");

    public static VkpError LookUpUnanswered() => new(
        "VKP-516", ErrorCategory.Unavailable, "The EPJ did not answer a look-up. Nothing was sent to the journal.",
        "The hub tries again by itself.");

    public static VkpError Interrupted() => new(
        "VKP-514", ErrorCategory.Unavailable, "The hub stopped between calling the EPJ and hearing its answer, so nobody knows whether the EPJ has the message.",
        "An EPJ that can be asked is asked; otherwise a person looks in the journal and decides ('vkp dead-letters').");

    public static VkpError AdapterFault(string kind) => new(
        "VKP-515", ErrorCategory.Fault, $"The hub's own code failed while the EPJ was called ({kind}), so nobody knows whether the EPJ has the message.",
        "Report it with the log line of the same message; the message is kept.");

    public static VkpError PatientAmbiguous() => new(
        "VKP-517", ErrorCategory.Incorrect, "The EPJ knows more than one patient with the number of the message.",
        "The municipality merges or corrects the patients in the EPJ, then sends the message again ('vkp dead-letters retry').");

    /// <param name="code">Of the refusal.</param>
    public static VkpError RefusedEarly(string code) => new(
        "VKP-518", ErrorCategory.Unavailable, $"The EPJ refused the message ({code}) while an earlier call for it may still be carried out, so nobody knows yet whether the EPJ has it.",
        "The hub sends the same ids again, or asks, when the earlier call must be over, and believes that answer.");

    private static string Reasons(string reason) => reason.Length == 0 ? string.Empty : $" ({reason})";
}
