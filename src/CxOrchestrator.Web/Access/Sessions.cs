using System.Buffers.Binary;
using CxOrchestrator.Core;
using CxOrchestrator.Core.Links;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Web.Settings;

namespace CxOrchestrator.Web.Access;

/// <summary>
/// Sessions of people who signed in: a signed cookie that says whose key it was and until when it is good. It ends at once where the key is changed or
/// taken from the settings.
/// </summary>
internal sealed class Sessions(LinkSigner signer, Clocks clocks, WebSettings settings, CoreSettings core)
{
    private const char Kind = 'c';
    private const string Cookie = "cxo-session";
    private const int HashLength = 16;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Begins a session.</summary>
    public void Begin(HttpContext http, Person person)
    {
        var until = clocks.MachineNow + Lifetime;
        Span<byte> body = stackalloc byte[8 + HashLength];
        BinaryPrimitives.WriteInt64BigEndian(body, until.ToUnixTimeMilliseconds());
        person.KeyHash.AsSpan(0, HashLength).CopyTo(body[8..]);
        http.Response.Cookies.Append(Cookie, signer.Sign(Kind, body), Options(Lifetime));
    }

    /// <summary>Ends the session in this browser.</summary>
    public void End(HttpContext http) => http.Response.Cookies.Delete(Cookie, Options(null));

    /// <summary>Whose session it is, or null.</summary>
    public Person? Of(HttpRequest request)
    {
        if (request.Cookies[Cookie] is not { } cookie || signer.Open(Kind, cookie) is not { Length: 8 + HashLength } body)
            return null;
        return BinaryPrimitives.ReadInt64BigEndian(body) > clocks.MachineNow.ToUnixTimeMilliseconds()
            ? settings.People.FirstOrDefault(person => person.KeyHash.AsSpan(0, HashLength).SequenceEqual(body.AsSpan(8)))
            : null;
    }

    /// <summary>How our cookies are set: for us alone, and sent along from our own pages only.</summary>
    public CookieOptions Options(TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = core.PublicUrl.Scheme == Uri.UriSchemeHttps,
        IsEssential = true,
        Path = "/",
        MaxAge = lifetime,
    };
}
