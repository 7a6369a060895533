using Microsoft.Net.Http.Headers;

namespace CxOrchestrator.Web.Events;

/// <summary>How events come in a request (HTTP binding 1.0.2, 1.3).</summary>
internal enum EventMode
{
    /// <summary>Not as events.</summary>
    None,

    /// <summary>One event in the JSON event format.</summary>
    Structured,

    /// <summary>An array of them.</summary>
    Batch,

    /// <summary>Attributes in headers, JSON data in the body.</summary>
    Binary,
}

/// <summary>Media types that matter to events.</summary>
internal static class MediaTypes
{
    /// <summary>The mode that a request's content type (and, for binary mode, its headers) says.</summary>
    public static EventMode ModeOf(HttpRequest request)
    {
        if (request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
            return EventMode.None;
        // As nearly all come.
        if (request.ContentType == "application/cloudevents+json")
            return EventMode.Structured;
        var hasHeaders = CloudEventHeaders.Any(request.Headers);
        if (string.IsNullOrEmpty(request.ContentType))
            return hasHeaders ? EventMode.Binary : EventMode.None;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !IsUtf8(type))
            return EventMode.None;
        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            "application/cloudevents+json" => EventMode.Structured,
            "application/cloudevents-batch+json" => EventMode.Batch,
            _ when IsJson(type) && hasHeaders => EventMode.Binary,
            _ => EventMode.None,
        };
    }

    /// <summary>Whether a content type declares JSON (JSON event format 1.0.2, 3.1.1).</summary>
    public static bool IsJson(string contentType) => MediaTypeHeaderValue.TryParse(contentType, out var type) && IsJson(type);

    private static bool IsJson(MediaTypeHeaderValue type) =>
        type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue || type.Charset.Value.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
