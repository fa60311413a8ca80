using System.Text.Json.Nodes;

namespace Vkp.Sandbox;

/// <summary>What the proprietary note interfaces share: a refusal is a code with a text.</summary>
internal static class NoteAnswers
{
    public const string ContentType = "application/json; charset=utf-8";

    public static Answered Later => new(503, Error("BUSY", "Journalen tar ikke imot nå"));

    public static Answered No(string? code, string text) => new(422, Error(code ?? "UNKNOWN_PATIENT", text));

    public static Answered Unreadable(IReadOnlyList<string> faults) => new(400, Error("INVALID", string.Join("; ", faults)));

    public static string Error(string code, string text) => new JsonObject { ["code"] = code, ["message"] = text }.ToJsonString();

    /// <summary>The note in a body whose named members must be there; all that are missing are told.</summary>
    public static JsonObject? Read(ReadOnlyMemory<byte> body, string[] needed, out IReadOnlyList<string> faults)
    {
        if (JsonReading.Object(body) is not { } note)
        {
            faults = ["the body is not a JSON object"];
            return null;
        }

        faults = [.. needed.Where(name => note[name] is null).Select(name => $"{name} is missing")];
        return faults is [] ? note : null;
    }
}
