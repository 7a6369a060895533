using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Web.Events;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CxOrchestrator.Web.Hooks;

/// <summary>What a service is answered: a status, sometimes with a body that it expects. What is wrong is never explained to it.</summary>
internal sealed class HookReply(int status, string? body = null, string? type = null, TimeSpan? retryAfter = null) : IResult
{
    private const string PlainText = "text/plain; charset=utf-8";

    /// <summary>What the connector says.</summary>
    public static HookReply Of(WebhookResult result) => new(
        // 1xx is no answer, and nothing above 599 is one.
        result.Status is >= 200 and <= 599 ? result.Status : StatusCodes.Status204NoContent, result.ReplyBody, result.ReplyType);

    /// <summary>Not now: services send it again then.</summary>
    public static HookReply Later(TimeSpan? after) => new(StatusCodes.Status503ServiceUnavailable, retryAfter: after ?? TimeSpan.FromSeconds(30));

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        if (retryAfter is { } wait)
            ComeBack.After(response, wait);
        if (string.IsNullOrEmpty(body) || status is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent or StatusCodes.Status304NotModified)
            return;
        response.ContentType = MediaTypeHeaderValue.TryParse(type, out var known) ? known.ToString() : PlainText;
        var bytes = Encoding.UTF8.GetBytes(body);
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
