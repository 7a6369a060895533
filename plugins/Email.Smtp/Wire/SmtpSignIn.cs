using System.Text;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>Signs in (RFC 4954) by PLAIN or LOGIN, never in the clear unless that was asked for.</summary>
internal sealed class SmtpSignIn(SmtpSettings settings)
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

        if (!session.Wire.IsEncrypted && !session.Wire.IsLoopback && !settings.AllowPlainTextAuth)
        {
            throw new SmtpFault(
                "The password is not sent over an unprotected connection. Set Security to StartTls or ImplicitTls, or AllowPlainTextAuth to true.");
        }

        var reply = Choose(session.Offers) == SmtpAuth.Plain
            ? await PlainAsync(session, cancellation)
            : await LoginAsync(session, cancellation);
        if (reply.Code != 235)
        {
            throw new SmtpFault($"{settings.Host} does not let '{settings.UserName}' sign in: {reply}. Check UserName and Password.");
        }
    }

    private SmtpAuth Choose(SmtpExtensions offers)
    {
        var wanted = settings.Auth == SmtpAuth.Auto ? new[] { SmtpAuth.Plain, SmtpAuth.Login } : [settings.Auth];
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
