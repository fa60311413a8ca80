using Microsoft.AspNetCore.Http;
using Vkp.Adapters;
using Vkp.Hub.Identity;

namespace Vkp.Hub.Faces;

/// <summary>Which HTTP status an error is answered with (RFC 9110).</summary>
public static class ErrorStatus
{
    public static int Of(VkpError error) => error.Code switch
    {
        "VKP-101" => StatusCodes.Status413PayloadTooLarge,
        _ when AsksForToken(error) => StatusCodes.Status401Unauthorized,
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

    /// <summary>Whether another access token, or another proof, could open the door (401); any other refusal is final (403).</summary>
    public static bool AsksForToken(VkpError error) => error.Code is "VKP-801" or "VKP-802" or "VKP-806" or "VKP-808" or "VKP-809" or "VKP-810";

    /// <summary>The headers that go with a status: how to authenticate, when to come back.</summary>
    public static void AddHeaders(HttpResponse response, VkpError error)
    {
        if (AsksForToken(error) || error.Code == "VKP-803") response.Headers.WWWAuthenticate = (response.HttpContext.Features.Get<TokenChallenge>() ?? TokenChallenge.Plain).ToString();
        if (error.Category is ErrorCategory.Busy or ErrorCategory.Unavailable) response.Headers.RetryAfter = "2";
    }
}
