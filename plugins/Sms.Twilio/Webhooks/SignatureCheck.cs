using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.SmsTwilio.Webhooks;

/// <summary>
/// Checks <c>X-Twilio-Signature</c>: base64 of the HMAC-SHA1, by the auth token, of the public address with its query, followed by name and value of
/// each form field in the ordinal order of the names. A body that is no form is covered by its hash in the query (<c>bodySHA256</c>) instead.
/// </summary>
internal sealed class SignatureCheck
{
    // Twilio's own are a few kilobytes, and each spelling that is tried hashes them once more.
    private const int MostBytes = 256 * 1024;

    private readonly SignedAddresses _addresses;
    private readonly IReadOnlyList<Secret> _tokens;

    /// <param name="configured">The public address; null takes the received one.</param>
    /// <param name="isRewritten">A proxy may have made any other path of it.</param>
    /// <param name="tokens">Auth tokens of which one has signed.</param>
    public SignatureCheck(Uri? configured, bool isRewritten, IReadOnlyList<Secret> tokens)
    {
        _addresses = new SignedAddresses(configured, isRewritten);
        _tokens = tokens;
    }

    /// <summary>The fields of a request that Twilio signed; null for any other.</summary>
    public SignedFields? Verify(WebhookRequest request)
    {
        if (!request.Url.IsAbsoluteUri || request.Body.Length > MostBytes
            || request.Header("X-Twilio-Signature") is not { } signature || SignedFields.Form(Query(request.Url)) is not { } query)
        {
            return null;
        }

        if (query["bodySHA256"] is { } hash)
            return IsHashOf(hash, request.Body) && Holds(signature, request.Url, [""]) ? SignedFields.Json(request.Body) : null;
        if (request.Body.IsEmpty)
            return Holds(signature, request.Url, [""]) ? query : null;

        // A signature over the address alone says nothing about a body that is no form.
        return SignedFields.IsForm(request.Header("Content-Type"))
            && SignedFields.Form(Encoding.UTF8.GetString(request.Body.Span)) is { } form
            && Holds(signature, request.Url, Spellings(form))
                ? form
                : null;
    }

    private bool Holds(string signature, Uri url, IReadOnlyList<string> spellings)
    {
        var given = Encoding.UTF8.GetBytes(signature);
        var holds = false;
        foreach (var token in _tokens)
        {
            var key = Encoding.UTF8.GetBytes(token.Reveal());
            foreach (var address in _addresses.Of(url))
            {
                foreach (var spelling in spellings)
                {
                    // The text is compared, not the bytes that it stands for: base64 has more than one text for the same bytes. No early way out.
#pragma warning disable CA5350 // Twilio signs with HMAC-SHA1, which is still sound as a keyed hash; it is not ours to choose.
                    var expected = Convert.ToBase64String(HMACSHA1.HashData(key, Encoding.UTF8.GetBytes(address + spelling)));
#pragma warning restore CA5350
                    holds |= CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(expected));
                }
            }
        }

        return holds;
    }

    /// <summary>
    /// Twilio's libraries disagree about a name that comes more than once: most sign each different value in ordinal order, the one for .NET signs
    /// them joined by commas.
    /// </summary>
    private static string[] Spellings(SignedFields form)
    {
        var byName = form.All.GroupBy(field => field.Key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var each = string.Concat(byName.SelectMany(group =>
            group.Select(field => field.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(value => group.Key + value)));
        var joined = string.Concat(byName.Select(group => group.Key + string.Join(',', group.Select(field => field.Value))));
        return each == joined ? [each] : [each, joined];
    }

    private static bool IsHashOf(string hex, ReadOnlyMemory<byte> body) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(hex.ToLowerInvariant()), Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(body.Span))));

    private static string Query(Uri url) => url.OriginalString.Split('#', 2)[0].Split('?', 2) is [_, var query] ? query : "";
}
