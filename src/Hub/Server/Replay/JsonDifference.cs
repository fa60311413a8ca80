using System.Text.Json;

namespace Vkp.Hub.Replay;

/// <summary>
/// Where two lists of FHIR resources differ, as kinds of change: the path of the element without the numbers of repetitions, and whether it was added,
/// removed or changed. No value is told, so the kinds can be counted, kept and shown to anybody. The order of members is no difference. Pure.
/// </summary>
public static class JsonDifference
{
    /// <param name="changes">Receives `DetectedIssue.code.coding.code changed`.</param>
    public static void Collect(JsonElement then, JsonElement now, ISet<string> changes)
    {
        var (before, after) = (then.GetArrayLength(), now.GetArrayLength());
        for (var i = 0; i < Math.Max(before, after); i++)
        {
            if (i >= before) changes.Add($"{TypeOf(now[i])} added");
            else if (i >= after) changes.Add($"{TypeOf(then[i])} removed");
            else if (TypeOf(then[i]) != TypeOf(now[i])) changes.Add($"{TypeOf(then[i])} became {TypeOf(now[i])}");
            else Walk(TypeOf(then[i]), then[i], now[i], changes);
        }
    }

    private static void Walk(string path, JsonElement then, JsonElement now, ISet<string> changes)
    {
        if (then.ValueKind != now.ValueKind)
        {
            changes.Add($"{path} changed");
            return;
        }

        switch (then.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in then.EnumerateObject())
                {
                    if (now.TryGetProperty(member.Name, out var other)) Walk($"{path}.{member.Name}", member.Value, other, changes);
                    else changes.Add($"{path}.{member.Name} removed");
                }

                foreach (var member in now.EnumerateObject())
                {
                    if (!then.TryGetProperty(member.Name, out _)) changes.Add($"{path}.{member.Name} added");
                }

                break;
            case JsonValueKind.Array:
                var (before, after) = (then.GetArrayLength(), now.GetArrayLength());
                for (var i = 0; i < Math.Min(before, after); i++) Walk(path, then[i], now[i], changes);
                if (before != after) changes.Add($"{path} {(after > before ? "added" : "removed")}");
                break;
            default:
                // As written: a number's decimals are part of what it says.
                if (then.GetRawText() != now.GetRawText() && !(then.ValueKind == JsonValueKind.String && then.ValueEquals(now.GetString()))) changes.Add($"{path} changed");
                break;
        }
    }

    private static string TypeOf(JsonElement resource) => resource.TryGetProperty("resourceType"u8, out var type) ? type.GetString()! : "resource";
}
