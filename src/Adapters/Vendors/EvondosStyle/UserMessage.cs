using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Vendors.EvondosStyle;

/// <summary>An instruction the dispenser shows the user.</summary>
internal sealed record UserMessage(string MessageId, string? Text)
{
    /// <summary>`Meldingen: «Ring hjemmetjenesten.»`, or nothing when the vendor does not send the words.</summary>
    public string Quote => Text is { } text ? $"Meldingen: «{text}»" : string.Empty;

    public static UserMessage Read(JsonFields data) => data.Object("message") is { } message
        ? new UserMessage(message.Text("messageId", charactersMax: 64), message.TextOrNull("text", charactersMax: 500))
        : new UserMessage(string.Empty, null);
}
