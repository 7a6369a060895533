using System.Buffers.Text;
using System.Security.Cryptography;
using CxOrchestrator.Core.Links;

namespace CxOrchestrator.Web.Access;

/// <summary>
/// Protects the forms of staff pages from being posted by other sites: each carries a signed copy of a random value that only this browser's cookie has.
/// </summary>
internal sealed class FormTokens(LinkSigner signer, Sessions sessions)
{
    /// <summary>The field's name.</summary>
    public const string Field = "form-token";

    private const char Kind = 'a';
    private const string Cookie = "cxo-visit";
    private const int Length = 16;

    /// <summary>The token for a form on the page that is being answered; sets the cookie where the browser has none.</summary>
    public string Issue(HttpContext http)
    {
        if (VisitOf(http.Request) is not { } visit)
        {
            visit = RandomNumberGenerator.GetBytes(Length);
            http.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(visit), sessions.Options(null));
        }

        return signer.Sign(Kind, visit);
    }

    /// <summary>Whether a posted form came from a page of ours in this browser.</summary>
    public bool IsGood(HttpRequest request, string? token) =>
        request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none"
        && VisitOf(request) is { } visit
        && token is not null && signer.Open(Kind, token) is { } signed && CryptographicOperations.FixedTimeEquals(visit, signed);

    private static byte[]? VisitOf(HttpRequest request) =>
        request.Cookies[Cookie] is { Length: < 64 } text && Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is { Length: Length } visit
            ? visit
            : null;
}
