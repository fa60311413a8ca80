using Microsoft.AspNetCore.Http;
using Vkp.Adapters;

namespace Vkp.Hub.Faces;

/// <summary>Which HTTP status an error is answered with (RFC 9110).</summary>
public static class ErrorStatus
{
    public static int Of(VkpError error) => error.Code switch
    {
        "VKP-101" => StatusCodes.Status413PayloadTooLarge,
        "VKP-801" or "VKP-802" => StatusCodes.Status401Unauthorized,
        _ => error.Category switch
        {
            ErrorCategory.Incorrect => StatusCodes.Status400BadRequest,
            ErrorCategory.Forbidden => StatusCodes.Status403Forbidden,
            ErrorCategory.Conflict => StatusCodes.Status409Conflict,
            ErrorCategory.NotFound => StatusCodes.Status404NotFound,
            ErrorCategory.Busy => StatusCodes.Status429TooManyRequests,
            ErrorCategory.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status500InternalServerError,
        },
    };

    /// <summary>The headers that go with a status: how to authenticate, when to come back.</summary>
    public static void AddHeaders(HttpResponse response, VkpError error)
    {
        if (response.StatusCode == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (error.Category is ErrorCategory.Busy or ErrorCategory.Unavailable) response.Headers.RetryAfter = "2";
    }
}
