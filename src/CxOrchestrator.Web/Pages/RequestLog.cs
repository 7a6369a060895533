using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Web.Pages;

/// <summary>
/// Logs each request by its route, such as <c>/s/{token}</c>, never by its path: that one carries tokens and customers' ids, and the query what they chose.
/// </summary>
internal sealed class RequestLog(RequestDelegate next, TimeProvider machine, ILogger<RequestLog> log)
{
    /// <summary>Lets the request go on, and logs what became of it.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        var began = machine.GetTimestamp();
        await next(http);
        var status = http.Response.StatusCode;
        // Those who are told to come back are told of together: one by one they would be what the service falls over.
        var level = status is >= 400 and not (StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable) ? LogLevel.Information : LogLevel.Debug;
        if (!log.IsEnabled(level))
            return;
        log.Log(
            level, "{Method} {Route} {Status} in {Milliseconds:0} ms",
            http.Request.Method, RouteOf(http), status, machine.GetElapsedTime(began).TotalMilliseconds);
    }

    /// <summary>The route's pattern; <c>(no route)</c> where there is none.</summary>
    public static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";
}
