using Microsoft.AspNetCore.Http.Features;

namespace CxOrchestrator.Web.Events;

/// <summary>Reads the body of a request up to a limit.</summary>
internal static class EventBody
{
    /// <summary>The bytes, or null where there are more than the limit.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellation)
    {
        if (request.ContentLength > limit)
            return null;
        // The server's own limit may be lower than what the settings promise.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limit + 1L;

        using var kept = new MemoryStream((int)Math.Min(request.ContentLength ?? 4_096, limit));
        var part = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(part, cancellation)) > 0)
        {
            if (kept.Length + read > limit)
                return null;
            kept.Write(part, 0, read);
        }

        return kept.ToArray();
    }
}
