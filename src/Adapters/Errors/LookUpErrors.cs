namespace Vkp.Adapters.Errors;

/// <summary>The errors of look-ups. As with deliveries, no text of the EPJ's comes through: it may name a patient.</summary>
public static class LookUpErrors
{
    public static VkpError Away(int? status) => new(
        "VKP-520", ErrorCategory.Unavailable, status is { } answered ? $"The journal system answered HTTP {answered}: it cannot answer now." : "The journal system could not be reached.",
        "Ask again later; nothing was changed.");

    public static VkpError TimedOut() => new(
        "VKP-521", ErrorCategory.Unavailable, "The journal system did not answer in time, or its answer was lost.", "Ask again; nothing was changed. If it lasts, tell the municipality.");

    /// <param name="reason">Coded reasons from the answer, or empty.</param>
    public static VkpError Refused(int status, string reason) => new(
        "VKP-522", ErrorCategory.Unavailable, $"The journal system refused the question with HTTP {status}{(reason.Length == 0 ? string.Empty : $" ({reason})")}.",
        "The municipality checks what the hub may ask for in the journal system.");

    public static VkpError Unreadable() => new(
        "VKP-523", ErrorCategory.Unavailable, "The journal system answered something that is no answer to the question.", "Ask again later; the municipality checks the interface if it lasts.");

    public static VkpError SettingUnusable(string name) => new(
        "VKP-524", ErrorCategory.Unavailable, $"The destination's setting '{name}' is missing or cannot be used.", "The hub's operator corrects it ('vkp config apply').");
}
