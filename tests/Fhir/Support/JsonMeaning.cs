using System.Text.Json;

namespace Vkp.Fhir.Tests.Support;

/// <summary>Whether two JSON texts mean the same: order of properties does not matter, everything else does, every digit of a number included.</summary>
internal static class JsonMeaning
{
    /// <summary>Null when they mean the same, otherwise the first place that differs.</summary>
    public static string? Difference(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right)
    {
        using var a = JsonDocument.Parse(left);
        using var b = JsonDocument.Parse(right);
        return Difference(a.RootElement, b.RootElement, "$");
    }

    private static string? Difference(JsonElement a, JsonElement b, string at)
    {
        if (a.ValueKind != b.ValueKind) return $"{at}: {a.ValueKind} and {b.ValueKind}";
        switch (a.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in a.EnumerateObject())
                {
                    if (!b.TryGetProperty(property.Name, out var other)) return $"{at}.{property.Name}: missing";
                    if (Difference(property.Value, other, $"{at}.{property.Name}") is { } inner) return inner;
                }

                return a.GetPropertyCount() == b.GetPropertyCount() ? null : $"{at}: more properties";
            case JsonValueKind.Array:
                if (a.GetArrayLength() != b.GetArrayLength()) return $"{at}: {a.GetArrayLength()} and {b.GetArrayLength()} items";
                return a.EnumerateArray().Zip(b.EnumerateArray()).Select((x, i) => Difference(x.First, x.Second, $"{at}[{i}]")).FirstOrDefault(static x => x is not null);
            case JsonValueKind.Number:
                return a.GetRawText() == b.GetRawText() ? null : $"{at}: {a.GetRawText()} and {b.GetRawText()}";
            case JsonValueKind.String:
                return a.GetString() == b.GetString() ? null : $"{at}: texts differ";
            default:
                return null;
        }
    }
}
