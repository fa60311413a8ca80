using System.Text.Json;
using Vkp.Adapters;

namespace Vkp.Hub.Faces;

/// <summary>One JSON event, or an array of them: each kept as the exact bytes it came in.</summary>
public static class EventBatch
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = Limits.JsonDepthMax };

    /// <summary>The events, in order; <paramref name="isArray"/> tells how the answer is shaped.</summary>
    public static (IReadOnlyList<ReadOnlyMemory<byte>> Events, VkpError? Error) Split(ReadOnlyMemory<byte> body, out bool isArray)
    {
        isArray = false;
        var events = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(body.Span, Options);
        try
        {
            reader.Read();
            isArray = reader.TokenType == JsonTokenType.StartArray;
            if (!isArray)
            {
                // The whole text is read once, so that what follows the event is found wrong here and not taken for part of it.
                reader.Skip();
                while (reader.Read()) { }
                return ([body], null);
            }

            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                events.Add(body[start..(int)reader.BytesConsumed]);
            }

            while (reader.Read()) { }
        }
        catch (JsonException problem)
        {
            // The parser's own words quote the text it stumbled on; only the kind of fault and the place are told.
            var kind = reader.CurrentDepth >= Limits.JsonDepthMax ? $"nested deeper than {Limits.JsonDepthMax} levels" : "not well-formed";
            return ([], Errors.NotJson(kind, $"line {problem.LineNumber + 1}, byte {problem.BytePositionInLine}"));
        }

        if (events.Count == 0) return ([], Errors.EmptyBody());
        return events.Count > Limits.BatchEventsMax ? ([], Errors.BatchTooLong(events.Count, Limits.BatchEventsMax)) : (events, null);
    }
}
