using CxOrchestrator.Plugins.EmailSmtp.Pool;
using CxOrchestrator.Plugins.EmailSmtp.Wire;
using CxOrchestrator.Sdk;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.EmailSmtp;

/// <summary>Sends e-mail through one SMTP server.</summary>
/// <param name="context">What the host lends; its clock dates the messages.</param>
/// <param name="settings">Valid settings.</param>
/// <param name="clock">
/// The clock of time limits and idle connections: a real one, also where the context's is sped up, because the server lives in real time.
/// </param>
internal sealed class SmtpConnector(ConnectionContext context, SmtpSettings settings, TimeProvider clock)
    : IConnector, IEmailSender, IHealthProbe, IAsyncDisposable
{
    private readonly EnvelopeDesk _desk = new(settings, context.Time);
    private readonly SmtpOpener _opener = new(settings, clock);
    private readonly SmtpPool _pool = new(settings, clock);

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (envelope, rejected) = _desk.Check(message);
        if (envelope is null)
        {
            return rejected!;
        }

        try
        {
            await using var lease = await _pool.RentAsync(cancellation);
            return await SendAsync(lease, envelope, cancellation);
        }
        catch (SmtpFault fault)
        {
            context.Log.LogDebug("Delivery {Key} was not handed over: {Reason}", message.Key, fault.Message);
            return SendResult.Deferred(fault.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<HealthReport> ProbeAsync(CancellationToken cancellation)
    {
        try
        {
            await using var session = await _opener.OpenAsync(cancellation);
            var reply = await session.CommandAsync("NOOP", cancellation);
            await session.QuitAsync();
            var protection = session.Wire.IsEncrypted ? "over TLS" : "without TLS";
            return reply.IsPositive
                ? new HealthReport(true, $"{settings.Host}:{settings.Port} answers {protection}{(settings.SignsIn ? " and lets us sign in" : "")}.")
                : new HealthReport(false, $"{settings.Host}:{settings.Port} answers, but not well: {reply}", "Ask the mail server's admin.");
        }
        catch (SmtpFault fault)
        {
            return new HealthReport(false, fault.Message, "Check Host, Port, Security, UserName and Password of this connection.");
        }
    }

    /// <summary>Closes the kept connections with QUIT.</summary>
    public ValueTask DisposeAsync() => _pool.DisposeAsync();

    private async Task<SendResult> SendAsync(SmtpLease lease, Envelope envelope, CancellationToken cancellation)
    {
        try
        {
            return await new Submission(lease.Session, settings).RunAsync(envelope, cancellation);
        }
        catch (SmtpFault fault) when (fault.ConnectionLost && lease.IsReused && !lease.Session.HasAnswered)
        {
            // The server closed the kept connection while it was idle. Nothing was handed over, so this is not a second try.
            context.Log.LogDebug("A kept connection to {Host} was closed by the server; opening another", settings.Host);
            await lease.ReopenAsync(cancellation);
            return await new Submission(lease.Session, settings).RunAsync(envelope, cancellation);
        }
    }
}
