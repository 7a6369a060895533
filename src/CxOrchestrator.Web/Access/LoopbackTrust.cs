using System.Net;
using CxOrchestrator.Web.Settings;

namespace CxOrchestrator.Web.Access;

/// <summary>
/// Whether a request is from somebody at this very machine. Coming from a loopback address is not enough: a page of any site may have its name resolve
/// to 127.0.0.1 and ask from the browser (DNS rebinding), so the host it asks for must be a loopback one too; and a proxy on this machine brings
/// strangers, and says so in its headers.
/// </summary>
internal static class LoopbackTrust
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP", "X-Original-Host", "X-ProxyUser-Ip", "True-Client-IP", "CF-Connecting-IP"];

    /// <summary>Whether the request may pass as an administrator's.</summary>
    public static bool Holds(HttpContext http, WebSettings settings) =>
        settings.TrustLoopback
        && IsLoopback(settings.Listen.Host)
        && http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && IsLoopback(http.Request.Host.Host)
        && !http.Request.Headers.Keys.Any(IsOfProxy);

    private static bool IsOfProxy(string header) =>
        header.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase) || ProxyHeaders.Contains(header, StringComparer.OrdinalIgnoreCase);

    // RFC 6761, 6.3: localhost and all names below it are loopback.
    private static bool IsLoopback(string host)
    {
        var name = host.TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
