using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailImap.Wire;

/// <summary>Opens sessions: connect, greeting, TLS, sign in. Whatever goes wrong here is an <see cref="ImapFault"/>.</summary>
internal sealed class ImapOpener(ImapSettings settings, AccessTokens? tokens, TimeProvider clock)
{
    // What is around a message in an answer: addresses of its literals and the like.
    private const int Slack = 64 * 1024;

    private string Server => $"{settings.Host}:{settings.Port}";

    /// <summary>Opens one session.</summary>
    /// <param name="cancellation">The caller's; leads to <see cref="OperationCanceledException"/>.</param>
    public async Task<ImapSession> OpenAsync(CancellationToken cancellation)
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
            throw new ImapFault($"{Server} did not complete the connection within {limit.TotalSeconds:0} s.");
        }
        catch (SocketException fault)
        {
            throw new ImapFault($"{Server} can't be reached: {fault.Message}", fault);
        }
        catch (AuthenticationException fault)
        {
            throw new ImapFault($"The certificate or TLS of {Server} is not trusted: {fault.Message}", fault);
        }
        catch (IOException fault)
        {
            throw new ImapFault($"The connection to {Server} was lost before it was ready: {fault.Message}", fault);
        }
        catch (FormatException fault)
        {
            throw new ImapFault(fault.Message, fault);
        }
    }

    private async Task<ImapSession> OpenWithinAsync(CancellationToken cancellation)
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

        var session = new ImapSession(new ImapWire(socket, (settings.MaxMessageKilobytes * 1024) + Slack), settings, clock);
        try
        {
            await GreetAsync(session, cancellation);
            await new ImapSignIn(settings, tokens).RunAsync(session, cancellation);
            await session.AskCapabilitiesAsync(cancellation);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    private async Task GreetAsync(ImapSession session, CancellationToken cancellation)
    {
        if (settings.Security == ImapSecurity.ImplicitTls)
        {
            await EncryptAsync(session, cancellation);
        }

        // PREAUTH would skip the sign-in, and with it STARTTLS: nobody signs us in but ourselves.
        var greeting = await session.ReadAsync(cancellation);
        if (greeting is not { Tag: "*", Kind: "OK" })
        {
            throw new ImapFault($"{Server} refuses connections: {session.Wire.Safe($"{greeting.Kind} {greeting.Text}")}");
        }

        await session.AskCapabilitiesAsync(cancellation);
        if (settings.Security != ImapSecurity.StartTls)
        {
            return;
        }

        if (!session.Capabilities.Contains("STARTTLS"))
        {
            throw new ImapFault($"{Server} does not offer STARTTLS, and nothing is read unprotected. Set Security to ImplicitTls if that is its port, or to None if that is meant.");
        }

        await session.DemandAsync("begin TLS", "STARTTLS", cancellation);
        await EncryptAsync(session, cancellation);
        await session.AskCapabilitiesAsync(cancellation);
    }

    private Task EncryptAsync(ImapSession session, CancellationToken cancellation)
    {
        var trust = CertificateTrust.From(settings.TrustedCertificate);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = settings.Host.Trim('[', ']'),
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) => trust.Accepts(certificate, chain, errors),
        };
        return session.Wire.EncryptAsync(options, cancellation);
    }
}
