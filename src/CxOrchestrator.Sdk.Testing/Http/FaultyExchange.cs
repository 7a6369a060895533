using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace CxOrchestrator.Sdk.Testing.Http;

/// <summary>Answers one request as it should be answered, or as no server should.</summary>
internal sealed class FaultyExchange(HttpContext context, CancellationToken stop)
{
    private const string Page = "<!doctype html><html><body><h1>Welcome to the hotel</h1></body></html>";

    /// <summary>A whole answer.</summary>
    public static async Task WriteAsync(HttpContext context, ScriptedReply reply)
    {
        context.Response.StatusCode = reply.Status;
        if (reply.Reason is not null)
            context.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = reply.Reason;
        foreach (var header in reply.Headers.GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase))
            context.Response.Headers[header.Key] = new StringValues([.. header.Select(pair => pair.Value)]);
        // These carry no body (RFC 9110 section 6.4.1), and Kestrel refuses a length for them.
        if (reply.Status is 204 or 304)
            return;
        context.Response.ContentLength = reply.Body.Length;
        if (context.Request.Method != "HEAD")
            await context.Response.Body.WriteAsync(reply.Body);
    }

    /// <summary>Something else than a whole answer.</summary>
    /// <param name="kind">What.</param>
    /// <param name="reply">What the script would have answered.</param>
    public async Task RunAsync(HttpFaultKind kind, ScriptedReply reply)
    {
        switch (kind)
        {
            case HttpFaultKind.Hang:
                await GoneAsync();
                break;
            case HttpFaultKind.CutAfterBody:
                // An orderly end: on a connection that was used before, it is what tempts clients to ask again by themselves.
                await WriteRawAsync([]);
                break;
            case HttpFaultKind.Garbage:
                await WriteRawAsync("\0\u0001 220 this is not the web\r\n\r\n"u8.ToArray());
                break;
            case HttpFaultKind.HtmlPage:
                await WriteAsync(context, ScriptedReply.Text(Page, 200, "text/html; charset=utf-8"));
                return;
            case HttpFaultKind.CutInAnswer:
                await WriteRawAsync(HalfOf(reply));
                break;
        }

        context.Abort();
    }

    private static byte[] HalfOf(ScriptedReply reply)
    {
        // An empty body can't be cut: one is promised then.
        var whole = reply.Body.IsEmpty ? "{}"u8.ToArray() : reply.Body.ToArray();
        var status = reply.Status is 204 or 304 ? 200 : reply.Status;
        var head = new StringBuilder($"HTTP/1.1 {status} Answer\r\nContent-Length: {whole.Length}\r\n");
        foreach (var (name, value) in reply.Headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        return [.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. whole.AsSpan(0, whole.Length / 2)];
    }

    // Past Kestrel, which would make proper HTTP of it; the end of the pipe ends the connection once the bytes are out.
    private async Task WriteRawAsync(byte[] bytes)
    {
        var transport = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport;
        await transport.Output.WriteAsync(bytes);
        await transport.Output.CompleteAsync();
        await GoneAsync();
    }

    private async Task GoneAsync()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var aborted = context.RequestAborted.Register(() => gone.TrySetResult());
        using var stopped = stop.Register(() => gone.TrySetResult());
        await gone.Task;
    }
}
