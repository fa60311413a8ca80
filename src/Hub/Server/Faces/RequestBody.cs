using System.Buffers;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Vkp.Adapters;

namespace Vkp.Hub.Faces;

/// <summary>A request's bytes, read whole within the limit and known to be valid UTF-8.</summary>
public static class RequestBody
{
    public static async Task<(ReadOnlyMemory<byte> Bytes, VkpError? Error)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > Limits.BodyBytesMax) return (default, Errors.BodyTooLarge(Limits.BodyBytesMax));

        var buffer = new ArrayBufferWriter<byte>((int)(request.ContentLength ?? 4096) + 1);
        int read;
        while ((read = await request.Body.ReadAsync(buffer.GetMemory(), ct)) > 0)
        {
            buffer.Advance(read);
            // A sender that lies about the length, or names none, is stopped here.
            if (buffer.WrittenCount > Limits.BodyBytesMax) return (default, Errors.BodyTooLarge(Limits.BodyBytesMax));
        }

        var bytes = buffer.WrittenMemory;
        if (bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) bytes = bytes[3..];
        if (bytes.Length == 0) return (default, Errors.EmptyBody());
        return Utf8.IsValid(bytes.Span) ? (bytes, null) : (default, Errors.NotUtf8(FirstInvalid(bytes.Span)));
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed) != OperationStatus.Done) return at;
            at += consumed;
        }

        return bytes.Length;
    }
}
