using System.Text.RegularExpressions;

namespace CxOrchestrator.Web.Outbox;

/// <summary>
/// Sends an e-mail's HTML as a document of its own that can do nothing: no script, no form, no foreign content, an origin of its own. Its links open in
/// a new tab that is free of these limits, so that a survey can be answered from there.
/// </summary>
internal sealed partial class EmailPreview(string html) : IResult
{
    /// <summary>What the frame around it and the document itself allow.</summary>
    public const string Sandbox = "allow-popups allow-popups-to-escape-sandbox";

    private const string OpenOutside = "<base target=\"_blank\">";

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.ContentSecurityPolicy =
            $"sandbox {Sandbox}; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";
        headers.XFrameOptions = "SAMEORIGIN";
        // A sandboxed document that asks to be cut off from its opener is not shown at all.
        headers.Remove("Cross-Origin-Opener-Policy");
        return Results.Content(WithLinksOutside(html), "text/html; charset=utf-8").ExecuteAsync(httpContext);
    }

    /// <summary>The document with its links set to open outside the frame, without changing how it is laid out.</summary>
    public static string WithLinksOutside(string html)
    {
        var head = Head().Match(html);
        if (head.Success)
            return html.Insert(head.Index + head.Length, OpenOutside);
        // In front of a doctype it would switch the browser to its oldest ways.
        var start = Start().Match(html);
        return html.Insert(start.Success ? start.Index + start.Length : 0, OpenOutside);
    }

    [GeneratedRegex("<head(\\s[^>]*)?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex("\\A\\s*(<!doctype[^>]*>\\s*)?(<html(\\s[^>]*)?>)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Start();
}
