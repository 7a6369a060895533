using System.Text;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>Signs in (RFC 4954) by PLAIN, LOGIN or XOAUTH2, never in the clear unless that was asked for.</summary>
/// <param name="settings">Valid settings.</param>
/// <param name="tokens">Where access tokens come from; null where the settings name none.</param>
internal sealed class SmtpSignIn(SmtpSettings settings, AccessTokens? tokens)
{
    /// <summary>Every form in which the password goes over the wire, to be masked in what comes back.</summary>
    public static IReadOnlyList<string> SecretsOf(SmtpSettings settings)
    {
        if (settings.Password is not { IsEmpty: false } password)
        {
            return [];
        }

        return [PlainToken(settings), Base64(password.Reveal()), password.Reveal()];
    }

    /// <summary>Signs in where the settings say so.</summary>
    public async Task RunAsync(SmtpSession session, CancellationToken cancellation)
    {
        if (!settings.SignsIn)
        {
            return;
        }

        if (!session.Wire.IsEncrypted && !PasswordRule.MayGoUnprotected(session.Wire.RemoteAddress, settings.AllowPlainTextAuth))
        {
            throw new SmtpFault(
                "The password is not sent over an unprotected connection. Set Security to StartTls or ImplicitTls, or AllowPlainTextAuth to true.");
        }

        var mechanism = Choose(session.Offers);
        var reply = mechanism switch
        {
            SmtpAuth.XOAuth2 => await XOAuth2Async(session, cancellation),
            SmtpAuth.Plain => await PlainAsync(session, cancellation),
            _ => await LoginAsync(session, cancellation),
        };
        if (reply.Code != 235)
        {
            var check = mechanism == SmtpAuth.XOAuth2
                ? "Check UserName, the token's scope, and that the mailbox lets this application in."
                : "Check UserName and Password.";
            throw new SmtpFault($"{settings.Host} does not let '{settings.UserName}' sign in: {reply}. {check}");
        }
    }

    private SmtpAuth Choose(SmtpExtensions offers)
    {
        var wanted = settings.Auth != SmtpAuth.Auto ? [settings.Auth]
            : tokens is not null ? [SmtpAuth.XOAuth2]
            : new[] { SmtpAuth.Plain, SmtpAuth.Login };
        foreach (var mechanism in wanted)
        {
            if (offers.AuthMechanisms.Contains(mechanism.ToString().ToUpperInvariant()))
            {
                return mechanism;
            }
        }

        var offered = offers.AuthMechanisms.Count == 0 ? "none" : string.Join(", ", offers.AuthMechanisms.Order(StringComparer.Ordinal));
        throw new SmtpFault($"{settings.Host} offers no way of signing in that we may use ({string.Join(" or ", wanted)}); it offers: {offered}.");
    }

    private async Task<SmtpReply> XOAuth2Async(SmtpSession session, CancellationToken cancellation)
    {
        var token = await TokenAsync(cancellation);
        var response = Base64(AccessTokens.Response(settings.UserName!, token));
        session.Wire.Conceal([response, token.Reveal()]);
        var reply = await session.CommandAsync("AUTH XOAUTH2 " + response, cancellation);
        if (reply.Code == 334)
        {
            // A server that refuses tells why first, and waits for an empty line before it says no.
            reply = await session.CommandAsync("", cancellation);
        }

        if (reply.Code == 535)
        {
            tokens!.Refused(token);
        }

        return reply;
    }

    private async Task<Secret> TokenAsync(CancellationToken cancellation)
    {
        try
        {
            return await tokens!.GetAsync(cancellation);
        }
        catch (Exception fault) when (fault is ServiceException or ObjectDisposedException)
        {
            throw new SmtpFault($"There is no access token: {fault.Message}. Check OAuthUrl, OAuthClientId, OAuthClientSecret and OAuthScope.", fault);
        }
    }

    private async Task<SmtpReply> PlainAsync(SmtpSession session, CancellationToken cancellation)
    {
        var reply = await session.CommandAsync("AUTH PLAIN " + PlainToken(settings), cancellation);

        // Some servers pass over the initial response and ask for it again.
        return reply.Code == 334 ? await session.CommandAsync(PlainToken(settings), cancellation) : reply;
    }

    private async Task<SmtpReply> LoginAsync(SmtpSession session, CancellationToken cancellation)
    {
        var reply = await session.CommandAsync("AUTH LOGIN", cancellation);
        if (reply.Code == 334)
        {
            reply = await session.CommandAsync(Base64(settings.UserName!), cancellation);
        }

        return reply.Code == 334 ? await session.CommandAsync(Base64(settings.Password?.Reveal() ?? ""), cancellation) : reply;
    }

    private static string PlainToken(SmtpSettings settings) => Base64($"\0{settings.UserName}\0{settings.Password?.Reveal()}");

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
