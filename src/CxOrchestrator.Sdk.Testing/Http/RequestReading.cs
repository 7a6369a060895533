using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CxOrchestrator.Sdk.Testing.Http;

/// <summary>Turns what Kestrel read into a <see cref="RecordedRequest"/>.</summary>
internal static class RequestReading
{
    /// <summary>All but the body and the number.</summary>
    public static RecordedRequest Head(HttpContext context, DateTimeOffset at) => new()
    {
        Number = 0,
        At = at,
        Method = context.Request.Method,
        Target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
        Headers = [.. context.Request.Headers.SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value ?? "")))],
        Body = default,
    };

    /// <summary>The body, and whether its end came: a client that goes away before it is recorded too, but has asked nothing.</summary>
    public static async Task<(ReadOnlyMemory<byte> Body, bool Whole)> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return (body.ToArray(), true);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            return (body.ToArray(), false);
        }
    }
}
