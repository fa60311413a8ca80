using System.Buffers.Text;
using System.Globalization;
using Vkp.Adapters;

namespace Vkp.Hub.Faces;

/// <summary>What a journal system asks for.</summary>
/// <param name="Tags">Each must hold; within one, any of its values.</param>
/// <param name="NotTags">None of these.</param>
/// <param name="Own">The parameters as they came, but for the cursor: the next page is asked for with the same.</param>
public sealed record JftSearch(
    DateTimeOffset NotBefore, DateTimeOffset Before, IReadOnlyList<IReadOnlyList<string>> Tags, IReadOnlyList<string> NotTags, int Count, bool LatestFirst, DateTimeOffset? Cursor,
    IReadOnlyList<(string Name, string Value)> Own)
{
    private const string Known = "_lastUpdated, _tag, _tag:not, _count, _sort, cursor";

    public static (JftSearch? Search, VkpError? Error) Parse(IReadOnlyList<(string Name, string Value)> parameters)
    {
        var search = new JftSearch(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, [], [], Limits.PullPageDefault, LatestFirst: false, Cursor: null, [.. parameters.Where(p => p.Name != "cursor")]);
        foreach (var (name, value) in parameters)
        {
            var (read, expected) = name switch
            {
                "_lastUpdated" => (DateBound.TryParse(value, out var bound) ? search.Within(bound) : null, "a date, or a time with offset, after eq, ge, gt, le, lt or nothing"),
                "_tag" => (search with { Tags = [.. search.Tags, value.Split(',')] }, ""),
                "_tag:not" => (search with { NotTags = [.. search.NotTags, .. value.Split(',')] }, ""),
                "_count" => (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= Limits.PullPageMax ? search with { Count = count } : null, $"1 to {Limits.PullPageMax}"),
                "_sort" => (value is "_lastUpdated" or "-_lastUpdated" ? search with { LatestFirst = value[0] == '-' } : null, "_lastUpdated or -_lastUpdated"),
                "cursor" => (TryCursor(value, out var at) ? search with { Cursor = at } : null, "the cursor of a link that the hub gave"),
                _ => ((JftSearch?)null, ""),
            };
            if (read is null) return (null, expected.Length > 0 ? Errors.BadParameter(name, expected) : Errors.UnknownParameter(Known));
            search = read;
        }

        return (search, null);
    }

    public static string CursorOf(DateTimeOffset offeredAt) => Base64Url.EncodeToString(BitConverter.GetBytes(offeredAt.UtcTicks));

    /// <summary>The tags of a document against what is asked of them; a value is `system|code`, `code` alone, or `system|`.</summary>
    public bool Matches(IReadOnlyList<(string System, string Code)> tags) =>
        Tags.All(any => any.Any(wanted => tags.Any(tag => Is(tag, wanted)))) && !NotTags.Any(unwanted => tags.Any(tag => Is(tag, unwanted)));

    private static bool Is((string System, string Code) tag, string wanted) => wanted.Split('|', 2) switch
    {
        [var system, ""] => tag.System == system,
        [var system, var code] => tag.System == system && tag.Code == code,
        [var code] => tag.Code == code,
        _ => false,
    };

    private static bool TryCursor(string text, out DateTimeOffset at)
    {
        at = default;
        Span<byte> ticks = stackalloc byte[sizeof(long)];
        if (text.Length > 20 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, ticks, out var written) || written != sizeof(long)) return false;
        var value = BitConverter.ToInt64(ticks);
        if (value < DateTimeOffset.MinValue.Ticks || value > DateTimeOffset.MaxValue.Ticks) return false;
        at = new DateTimeOffset(value, TimeSpan.Zero);
        return true;
    }

    private JftSearch Within(DateBound bound) => this with
    {
        NotBefore = bound.NotBefore is { } from && from > NotBefore ? from : NotBefore,
        Before = bound.Before is { } to && to < Before ? to : Before,
    };
}
