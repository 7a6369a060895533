using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Plugins.CrmDataverse.Settings;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.CrmDataverse.Webhooks;

/// <summary>Dataverse signs nothing: that it is Dataverse who calls is known by the key alone.</summary>
internal sealed class WebhookKeyCheck(DataverseSettings settings)
{
    /// <summary>True where the request carries the key, exactly once.</summary>
    public bool Holds(WebhookRequest request)
    {
        if (settings.WebhookKey is not { IsEmpty: false } key)
            return false;
        var given = settings.WebhookKeyKind == WebhookKeyKind.HttpHeader
            ? request.Headers.Where(header => string.Equals(header.Key, settings.WebhookKeyName, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)
            : InQuery(request.Url, settings.WebhookKeyKind == WebhookKeyKind.WebhookKey ? "code" : settings.WebhookKeyName);
        // Digests are of one length, so that not even the key's length can be measured.
        return given.ToList() is [var only] && CryptographicOperations.FixedTimeEquals(Digest(only), Digest(key.Reveal()));
    }

    private static IEnumerable<string> InQuery(Uri url, string name) => url.Query.TrimStart('?').Split('&')
        .Select(pair => pair.Split('=', 2))
        .Where(pair => pair.Length == 2 && pair[0] == name)
        .Select(pair => Uri.UnescapeDataString(pair[1].Replace('+', ' ')));

    private static byte[] Digest(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
