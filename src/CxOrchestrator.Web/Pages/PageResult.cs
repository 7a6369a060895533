using System.Security.Cryptography;
using System.Text;

namespace CxOrchestrator.Web.Pages;

/// <summary>
/// Sends a page with the policy that keeps it to itself: no script, no foreign host, its one style sheet by nonce, forms to us alone, in nobody's frame.
/// </summary>
internal sealed class PageResult(Page page) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var nonce = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var response = httpContext.Response;
        response.StatusCode = page.Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = page.Language;
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            + (page.HoldsFrame ? "; frame-src 'self'" : "");
        response.Headers.XFrameOptions = "DENY";

        var bytes = Encoding.UTF8.GetBytes(Document(nonce).ToString());
        response.ContentLength = bytes.Length;
        return HttpMethods.IsHead(httpContext.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(bytes, httpContext.RequestAborted).AsTask();
    }

    private Markup Document(string nonce) => Markup.Of($"""
        <!doctype html>
        <html lang="{page.Language}" dir="{Languages.DirectionOf(page.Language)}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <meta name="color-scheme" content="light dark">
        <title>{page.Title}</title>
        <style nonce="{nonce}">{Markup.Raw(page.Styles)}</style>
        </head>
        <body>
        {page.Body}
        </body>
        </html>

        """);
}
