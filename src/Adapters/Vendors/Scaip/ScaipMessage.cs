using System.Globalization;
using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Vendors.Scaip;

/// <summary>One SCAIP request.</summary>
/// <param name="Reference">The device's number of the message; it counts round and may begin again after a restart.</param>
/// <param name="Controller">The controller's id, without the plus sign some send.</param>
/// <param name="DeviceType">Four digits.</param>
/// <param name="Status">Four digits, or null when the message has none.</param>
internal sealed record ScaipMessage(
    string Reference, string Controller, string Type, string DeviceType, string? Device, string? Status, string? LocationCode, string? LocationText, string? DeviceText)
{
    private static readonly HashSet<string> TestStatuses = ["0102", "0103"];

    public bool IsTest => Status is { } status && TestStatuses.Contains(status);

    public static IReadOnlyList<string> Kinds { get; } = ["alarm.raised", "alarm.reset", "device.test", "heartbeat"];

    public string EventKind => (Type, IsTest) switch
    {
        ("PI", _) => Kinds[3],
        (_, true) => Kinds[2],
        ("RE", _) => Kinds[1],
        _ => Kinds[0],
    };

    public string NothingReason => Type == "PI" ? "heartbeat" : IsTest ? "test" : Status == "0062" ? "log" : "technical";

    /// <summary>The controller and the unit behind it: what an alarm and its reset have in common.</summary>
    public string CaseId => Device is null ? Controller : $"{Controller}/{Device}";

    /// <summary>
    /// Controller, reference and the day of arrival. A device repeats a message within minutes under the same reference, and may use the reference again
    /// after a restart: a repeat over midnight is an alarm too many, a new alarm taken for an old one would be an alarm too few.
    /// </summary>
    public string SourceMessageId(DateTimeOffset receivedAt) =>
        $"{Controller}|{Reference}|{receivedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}";

    public static ScaipMessage Read(XmlTags tags, Findings findings)
    {
        if (tags.Root is not ("mrq" or "scaip"))
            findings.Fault(Errors.TranslationErrors.XmlTag("/", "the root element mrq or scaip"));
        var type = tags.Optional("mty", "ME, RE, IN or PI", value => value is "ME" or "RE" or "IN" or "PI");
        return new ScaipMessage(
            tags.Required("ref", "1 to 16 letters or digits (mandatory)", IsReference),
            tags.Required("cid", "1 to 16 digits (mandatory)", value => IsDigits(value.TrimStart('+'), 16)).TrimStart('+'),
            type ?? "ME",
            Padded(tags.Required("dty", "1 to 4 digits (mandatory)", value => IsDigits(value, 4))),
            tags.Optional("did", "at most 16 letters or digits", value => value.Length <= 16 && value.All(char.IsAsciiLetterOrDigit)),
            tags.Optional("stc", "1 to 4 digits", value => IsDigits(value, 4)) is { } status ? Padded(status) : null,
            tags.Optional("lco", "1 to 3 digits", value => IsDigits(value, 3)),
            tags.Optional("lte", "at most 32 characters", value => value.Length <= 32),
            tags.Optional("dte", "at most 32 characters", value => value.Length <= 32));
    }

    public static bool IsReference(string value) => value.Length is >= 1 and <= 16 && value.All(char.IsAsciiLetterOrDigit);

    public static bool IsMissingTag(VkpError fault) => fault.Message.Contains("(mandatory)", StringComparison.Ordinal);

    private static bool IsDigits(string value, int max) => value.Length >= 1 && value.Length <= max && value.All(char.IsAsciiDigit);

    private static string Padded(string digits) => digits.PadLeft(4, '0');
}
