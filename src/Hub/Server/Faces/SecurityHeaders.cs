using Microsoft.AspNetCore.Http;

namespace Vkp.Hub.Faces;

/// <summary>What every answer says to a browser that should happen to read it: no guessing of types, no keeping, no framing, no running of anything in it. A page that needs more says so itself.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(http);
    }
}
