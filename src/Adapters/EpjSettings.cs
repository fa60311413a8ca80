using System.Globalization;

namespace Vkp.Adapters;

/// <summary>A destination's settings as its adapter reads them.</summary>
internal static class EpjSettings
{
    /// <summary>The setting, or null when it is not given or blank.</summary>
    public static string? Setting(this OutboundMessage message, string name) =>
        message.Settings.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    /// <summary>The setting for one member of a family (`journalType.MD`), else the one for all (`journalType`), else null.</summary>
    public static string? Setting(this OutboundMessage message, string name, string? member) =>
        (member is null ? null : message.Setting($"{name}.{member}")) ?? message.Setting(name);

    /// <summary>The setting as a whole number; null when it is not given or is none.</summary>
    public static int? Number(this OutboundMessage message, string name, string? member) =>
        int.TryParse(message.Setting(name, member), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
