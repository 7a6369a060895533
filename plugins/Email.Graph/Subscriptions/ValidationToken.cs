using System.Net;

namespace CxOrchestrator.Plugins.EmailGraph.Subscriptions;

/// <summary>Graph makes sure of a webhook's address by a token, which it wants back. Anybody can ask for that, so only what looks like one is given back.</summary>
internal static class ValidationToken
{
    private const string Name = "validationToken";
    private const int Longest = 2048;

    /// <summary>True where the address carries one, well formed or not.</summary>
    public static bool IsIn(Uri url) => Values(url).Count > 0;

    /// <summary>The token, decoded and escaped for HTML; null where it can be none: several, empty, overlong, or with control characters or beyond ASCII.</summary>
    public static string? Read(Uri url) =>
        Values(url) is [{ Length: > 0 and <= Longest } token] && token.All(c => c is >= ' ' and <= '~') ? WebUtility.HtmlEncode(token) : null;

    private static List<string> Values(Uri url) =>
    [
        .. url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Where(pair => WebUtility.UrlDecode(pair[0]).Equals(Name, StringComparison.OrdinalIgnoreCase))
            .Select(pair => pair.Length == 2 ? WebUtility.UrlDecode(pair[1]) : ""),
    ];
}
