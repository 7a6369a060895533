using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Web.Pages;

/// <summary>Headers that every response carries; a page adds its own policy.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, CoreSettings settings)
{
    /// <summary>Sets them before anything else is decided.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        Apply(http.Response.Headers, settings.PublicUrl.Scheme == Uri.UriSchemeHttps);
        return next(http);
    }

    /// <summary>Sets them; again where an error has cleared the response.</summary>
    public static void Apply(IHeaderDictionary headers, bool overTls)
    {
        headers.XContentTypeOptions = "nosniff";
        // Tokens stand in paths: nobody else learns them.
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        if (overTls)
            headers.StrictTransportSecurity = "max-age=31536000";
    }
}
