using System.Globalization;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Plugins.SmsTwilio.Webhooks;

/// <summary>
/// The spellings of our public address that a signature may be over. Twilio signs the address as it was told it; a proxy changes scheme, host and port
/// before we see it, and Twilio itself is of two minds about the port. The host that a request claims is used only for its capitals.
/// </summary>
/// <param name="configured">The public address; its query is left out. Null takes the received one as it is.</param>
/// <param name="isRewritten">A proxy may have made any other path of it; else only its beginning may have been taken off.</param>
internal sealed partial class SignedAddresses(Uri? configured, bool isRewritten)
{
    /// <summary>All spellings, the likeliest first.</summary>
    /// <param name="received">The address that was called, with its query.</param>
    public IReadOnlyCollection<string> Of(Uri received)
    {
        // Uri tidies up what it parses; the signature is over what was sent.
        var raw = Parts(received.OriginalString);
        if (raw is null || Parts((configured ?? received).OriginalString) is not { } shown)
            return [];
        var port = (configured ?? received).Port.ToString(CultureInfo.InvariantCulture);
        var hosts = new List<string> { shown.Host, shown.Host.ToLowerInvariant() };
        if (string.Equals(raw.Host, shown.Host, StringComparison.OrdinalIgnoreCase))
            hosts.Add(raw.Host);
        string[] paths = isRewritten || shown.Path.EndsWith(raw.Path, StringComparison.Ordinal) ? [shown.Path, raw.Path] : [raw.Path];
        return
        [
            .. (from host in hosts
                from path in paths
                from query in new[] { raw.Query, received.Query }
                from suffix in new[] { "", ":" + port }
                select $"{shown.Scheme}://{host}{suffix}{path}{query}").Distinct(),
        ];
    }

    private static Address? Parts(string url) => Form().Match(url) is { Success: true } match
        ? new Address(match.Groups["scheme"].Value, match.Groups["host"].Value, match.Groups["path"].Value, match.Groups["query"].Value)
        : null;

    private sealed record Address(string Scheme, string Host, string Path, string Query);

    [GeneratedRegex(@"\A(?<scheme>https?)://(?<host>\[[^\]]*\]|[^/?#:@]+)(:[0-9]*)?(?<path>[^?#]*)(?<query>\?[^#]*)?", RegexOptions.IgnoreCase)]
    private static partial Regex Form();
}
