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

    /// <summary>The body to its end; what came of it, where the client went away.</summary>
    public static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        try
        {
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // A client that gave up is recorded too.
        }

        return body.ToArray();
    }
}
