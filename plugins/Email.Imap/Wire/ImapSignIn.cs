using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailImap.Wire;

/// <summary>Signs in by PLAIN, LOGIN or XOAUTH2, never in the clear unless that was asked for.</summary>
internal sealed class ImapSignIn(ImapSettings settings, AccessTokens? tokens)
{
    private string Password => settings.Password?.Reveal() ?? "";

    /// <summary>Signs in.</summary>
    public async Task RunAsync(ImapSession session, CancellationToken cancellation)
    {
        if (!session.Wire.IsEncrypted && !PasswordRule.MayGoUnprotected(session.Wire.RemoteAddress, settings.AllowPlainTextAuth))
        {
            throw new ImapFault("The password is not sent over an unprotected connection. Set Security to StartTls or ImplicitTls, or AllowPlainTextAuth to true.");
        }

        var plain = Base64($"\0{settings.UserName}\0{Password}");
        session.Wire.Conceal([plain, Base64(Password), Password]);
        var response = Choose(session.Capabilities) switch
        {
            ImapAuth.XOAuth2 => await XOAuth2Async(session, cancellation),
            ImapAuth.Plain => await AuthenticateAsync(session, "PLAIN", plain, cancellation),
            _ => await LoginAsync(session, cancellation),
        };
        if (response.Kind != "OK")
        {
            throw new ImapFault($"{settings.Host} does not let '{settings.UserName}' sign in: {session.Wire.Safe(response.Text)}. Check UserName, and Password or the access token.");
        }
    }

    private ImapAuth Choose(IReadOnlySet<string> offered)
    {
        bool Offers(ImapAuth auth) => auth switch
        {
            ImapAuth.XOAuth2 => offered.Contains("AUTH=XOAUTH2"),
            ImapAuth.Plain => offered.Contains("AUTH=PLAIN"),
            _ => !offered.Contains("LOGINDISABLED"),
        };
        var wanted = settings.Auth != ImapAuth.Auto ? [settings.Auth] : tokens is not null ? [ImapAuth.XOAuth2] : new[] { ImapAuth.Plain, ImapAuth.Login };
        foreach (var auth in wanted.Where(Offers))
        {
            return auth;
        }

        throw new ImapFault($"{settings.Host} offers no way of signing in that we may use ({string.Join(" or ", wanted)}).");
    }

    private async Task<ImapResponse> XOAuth2Async(ImapSession session, CancellationToken cancellation)
    {
        Secret token;
        try
        {
            token = await tokens!.GetAsync(cancellation);
        }
        catch (Exception fault) when (fault is ServiceException or ObjectDisposedException)
        {
            throw new ImapFault($"There is no access token: {fault.Message}. Check OAuthUrl, OAuthClientId, OAuthClientSecret and OAuthScope.", fault);
        }

        var initial = Base64(AccessTokens.Response(settings.UserName, token));
        session.Wire.Conceal([initial, token.Reveal()]);
        var response = await AuthenticateAsync(session, "XOAUTH2", initial, cancellation);
        if (response.Kind == "NO")
        {
            tokens.Refused(token);
        }

        return response;
    }

    private static Task<ImapResponse> AuthenticateAsync(ImapSession session, string mechanism, string initial, CancellationToken cancellation)
    {
        // With SASL-IR (RFC 4959) it goes along at once; a server that asks then tells an error, and wants an empty line.
        var atOnce = session.Capabilities.Contains("SASL-IR");
        var answers = new Queue<string>(atOnce ? [] : [initial]);
        return session.RunAsync(
            $"AUTHENTICATE {mechanism}{(atOnce ? " " + initial : "")}", cancellation, goOn: _ => answers.TryDequeue(out var answer) ? answer : "");
    }

    private Task<ImapResponse> LoginAsync(ImapSession session, CancellationToken cancellation)
    {
        if (ImapText.Quoted(settings.UserName) is { } user && ImapText.Quoted(Password) is { } password)
        {
            return session.RunAsync($"LOGIN {user} {password}", cancellation);
        }

        // Texts beyond ASCII go as literals, each after the server's leave.
        var parts = new Queue<string>([$"{settings.UserName} {{{Encoding.UTF8.GetByteCount(Password)}}}", Password]);
        return session.RunAsync(
            $"LOGIN {{{Encoding.UTF8.GetByteCount(settings.UserName)}}}", cancellation, goOn: _ => parts.TryDequeue(out var part) ? part : "");
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
