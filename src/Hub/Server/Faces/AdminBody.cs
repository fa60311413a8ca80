using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Vkp.Hub.Faces;

/// <summary>A small JSON body of the administration.</summary>
internal static class AdminBody
{
    /// <summary>What the body says; null when it was refused, and is answered already.</summary>
    /// <param name="isWhole">Whether everything is there that must be; nothing more must be when it is null.</param>
    public static async Task<T?> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type, string wanted, Predicate<T>? isWhole = null)
        where T : class
    {
        var (body, error) = await RequestBody.ReadAsync(http.Request, http.RequestAborted);
        if (error is null && Read(body, type) is { } read && isWhole?.Invoke(read) != false) return read;
        await Problem.WriteAsync(http.Response, [error ?? Errors.NotJson($"not {wanted}, or with a member that it does not have; contracts/openapi/admin.json says which it has", "$")]);
        return null;
    }

    private static T? Read<T>(ReadOnlyMemory<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body.Span, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
