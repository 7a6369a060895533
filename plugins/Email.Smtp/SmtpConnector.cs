using CxOrchestrator.Plugins.EmailSmtp.Pool;
using CxOrchestrator.Plugins.EmailSmtp.Wire;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;
using Microsoft.Extensions.Logging;

namespace CxOrchestrator.Plugins.EmailSmtp;

/// <summary>Sends e-mail through one SMTP server.</summary>
internal sealed class SmtpConnector : IConnector, IEmailSender, IHealthProbe, IAsyncDisposable
{
    private readonly ConnectionContext _context;
    private readonly SmtpSettings _settings;
    private readonly EnvelopeDesk _desk;
    private readonly AccessTokens? _tokens;
    private readonly SmtpOpener _opener;
    private readonly SmtpPool _pool;
    private readonly DomainPace _pace;

    /// <summary>A connector that has connected nowhere yet.</summary>
    /// <param name="context">What the host lends; its clock dates the messages.</param>
    /// <param name="settings">Valid settings.</param>
    /// <param name="clock">
    /// The clock of time limits, rates and idle connections: a real one, also where the context's is sped up, because the server lives in real time.
    /// </param>
    public SmtpConnector(ConnectionContext context, SmtpSettings settings, TimeProvider clock)
    {
        _context = context;
        _settings = settings;
        _desk = new EnvelopeDesk(settings, context.Time);
        _tokens = settings.Tokens(clock);
        _opener = new SmtpOpener(settings, _tokens, clock);
        _pool = new SmtpPool(settings, _opener, clock);
        _pace = new DomainPace(settings.DomainMessagesPerSecond, settings.DomainConcurrency, clock);
    }

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(EmailMessage message, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var (envelope, rejected) = _desk.Check(message);
        if (envelope is null)
        {
            return rejected!;
        }

        var domain = envelope.Recipient.Domain;
        if (!_pace.TryEnter(domain, out var wait))
        {
            return SendResult.Deferred($"As many messages as DomainMessagesPerSecond and DomainConcurrency allow are on their way to {domain}.", wait);
        }

        try
        {
            return await SendAsync(envelope, cancellation);
        }
        finally
        {
            _pace.Leave(domain);
        }
    }

    private async Task<SendResult> SendAsync(Envelope envelope, CancellationToken cancellation)
    {
        try
        {
            await using var lease = await _pool.RentAsync(envelope, cancellation);
            return await SendAsync(lease, envelope, cancellation);
        }
        catch (SmtpFault fault)
        {
            _context.Log.LogDebug("Delivery {Key} was not handed over: {Reason}", envelope.Letter.Message.Key, fault.Message);
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
                ? new HealthReport(true, $"{_settings.Host}:{_settings.Port} answers {protection}{(_settings.SignsIn ? " and lets us sign in" : "")}.")
                : new HealthReport(false, $"{_settings.Host}:{_settings.Port} answers, but not well: {reply}", "Ask the mail server's admin.");
        }
        catch (SmtpFault fault)
        {
            return new HealthReport(false, fault.Message, "Check Host, Port, Security, UserName and Password of this connection.");
        }
    }

    /// <summary>Closes the kept connections with QUIT.</summary>
    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        _tokens?.Dispose();
    }

    private async Task<SendResult> SendAsync(SmtpLease lease, Envelope envelope, CancellationToken cancellation)
    {
        try
        {
            return await new Submission(lease, _settings).RunAsync(envelope, cancellation);
        }
        catch (SmtpFault fault) when (fault.ConnectionLost && lease.IsReused && !lease.Session.HasAnswered)
        {
            // The server closed the kept connection while it was idle. Nothing was handed over, so this is not a second try.
            _context.Log.LogDebug("A kept connection to {Host} was closed by the server; opening another", _settings.Host);
            await lease.ReopenAsync(cancellation);
            return await new Submission(lease, _settings).RunAsync(envelope, cancellation);
        }
    }
}
