using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>
/// Opens sessions: connect, greeting, TLS, sign in. Whatever goes wrong here is a <see cref="SmtpFault"/>: no message was handed over.
/// </summary>
internal sealed class SmtpOpener(SmtpSettings settings, AccessTokens? tokens, TimeProvider clock)
{
    /// <summary>Opens one session.</summary>
    /// <param name="cancellation">The caller's; leads to <see cref="OperationCanceledException"/>.</param>
    public async Task<SmtpSession> OpenAsync(CancellationToken cancellation)
    {
        var limit = TimeSpan.FromSeconds(settings.ConnectTimeoutSeconds);
        using var timer = new CancellationTokenSource(limit, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            return await OpenWithinAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SmtpFault($"{Server} did not complete the connection within {limit.TotalSeconds:0} s.");
        }
        catch (SocketException fault)
        {
            throw new SmtpFault($"{Server} can't be reached: {fault.Message}", fault);
        }
        catch (AuthenticationException fault)
        {
            throw new SmtpFault($"The certificate or TLS of {Server} is not trusted: {fault.Message}", fault);
        }
        catch (IOException fault)
        {
            throw new SmtpFault($"The connection to {Server} was lost before it was ready: {fault.Message}", fault);
        }
    }

    private CertificateTrust Trust()
    {
        try
        {
            return CertificateTrust.From(settings.TrustedCertificate);
        }
        catch (FormatException fault)
        {
            throw new SmtpFault(fault.Message, fault);
        }
    }

    private string Server => $"{settings.Host}:{settings.Port}";

    private async Task<SmtpSession> OpenWithinAsync(CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(settings.Host.Trim('[', ']'), settings.Port, cancellation);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var session = new SmtpSession(new SmtpWire(socket, SmtpSignIn.SecretsOf(settings)), settings, clock);
        try
        {
            await GreetAsync(session, cancellation);
            await new SmtpSignIn(settings, tokens).RunAsync(session, cancellation);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task GreetAsync(SmtpSession session, CancellationToken cancellation)
    {
        if (settings.Security == SmtpSecurity.ImplicitTls)
        {
            await EncryptAsync(session, cancellation);
        }

        var greeting = await session.ReadAsync(cancellation);
        Expect(greeting, greeting.Code == 220, "refuses connections");
        await HelloAsync(session, cancellation);
        if (settings.Security != SmtpSecurity.StartTls)
        {
            return;
        }

        if (!session.Offers.StartTls)
        {
            throw new SmtpFault(
                $"{Server} does not offer STARTTLS, and nothing is sent unprotected. Set Security to ImplicitTls if that is its port, or to None if that is meant.");
        }

        var ready = await session.CommandAsync("STARTTLS", cancellation);
        Expect(ready, ready.Code == 220, "refuses STARTTLS");
        await EncryptAsync(session, cancellation);
        await HelloAsync(session, cancellation);
    }

    private async Task HelloAsync(SmtpSession session, CancellationToken cancellation)
    {
        var reply = await session.CommandAsync("EHLO " + HeloName(session.Wire.LocalAddress), cancellation);
        if (reply.IsPermanent && settings.Security == SmtpSecurity.None && !settings.SignsIn)
        {
            // A server from before 1995 knows no EHLO.
            reply = await session.CommandAsync("HELO " + HeloName(session.Wire.LocalAddress), cancellation);
            Expect(reply, reply.IsPositive, "refuses the greeting");
            return;
        }

        Expect(reply, reply.IsPositive, "refuses the greeting");
        session.Offers = SmtpExtensions.Parse(reply);
    }

    private Task EncryptAsync(SmtpSession session, CancellationToken cancellation)
    {
        var trust = Trust();
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = settings.Host.Trim('[', ']'),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => trust.Accepts(certificate, chain, errors),
        };
        return session.Wire.EncryptAsync(options, cancellation);
    }

    private string HeloName(IPAddress? local)
    {
        var name = string.IsNullOrEmpty(settings.HeloName) ? Dns.GetHostName() : settings.HeloName;
        if (Mailbox.TryDomain(name, out var domain))
        {
            return domain;
        }

        var address = local is { IsIPv4MappedToIPv6: true } ? local.MapToIPv4() : local ?? IPAddress.Loopback;
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{address}]" : $"[{address}]";
    }

    private void Expect(SmtpReply reply, bool holds, string what)
    {
        if (!holds)
        {
            throw new SmtpFault($"{Server} {what}: {reply}");
        }
    }
}
