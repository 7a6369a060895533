using CxOrchestrator.Sdk;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CxOrchestrator.Web.Hooks;

/// <summary>
/// A service's call as its connector must see it to verify it: the bytes, all headers in their order, and the address that the service called. That is the
/// public one, whatever a proxy makes of host, scheme and port, with path and query exactly as they came: signatures are made over it letter by letter.
/// </summary>
internal static class HookRequest
{
    /// <summary>The request; null where its target makes no address.</summary>
    public static WebhookRequest? Of(HttpRequest request, Uri publicUrl, byte[] body)
    {
        var address = publicUrl.AbsoluteUri.TrimEnd('/') + TargetOf(request);
        return Uri.TryCreate(address, UriKind.Absolute, out var url) ? new WebhookRequest(request.Method, url, HeadersOf(request), body) : null;
    }

    private static string TargetOf(HttpRequest request)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        if (raw.StartsWith('/'))
            return raw;
        // RFC 9112, 3.2.2: a proxy may send the whole address.
        if (raw.IndexOf("://", StringComparison.Ordinal) is > 0 and var scheme && raw.IndexOf('/', scheme + 3) is > 0 and var path)
            return raw[path..];
        return request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
    }

    private static List<KeyValuePair<string, string>> HeadersOf(HttpRequest request)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var header in request.Headers)
            headers.AddRange(header.Value.Select(value => KeyValuePair.Create(header.Key, value ?? "")));
        return headers;
    }
}
