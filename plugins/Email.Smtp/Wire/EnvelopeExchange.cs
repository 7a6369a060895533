using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>MAIL, RCPT and DATA of one envelope, in one flight where the server offers PIPELINING (RFC 2920).</summary>
/// <param name="session">A session whose <see cref="SmtpSession.Begin"/> was called.</param>
/// <param name="letter">The letter.</param>
/// <param name="writtenAhead">Its envelope went out with the message before it: only the replies are read.</param>
internal sealed class EnvelopeExchange(SmtpSession session, Prepared letter, bool writtenAhead)
{
    private readonly EnvelopeText _text = new(letter, session.Offers);

    /// <summary>Null where the server waits for the message, else the refusal.</summary>
    /// <exception cref="SmtpFault">The conversation broke off; nothing was sent.</exception>
    public Task<SendResult?> RunAsync(CancellationToken cancellation) =>
        session.Offers.Pipelining ? PipelinedAsync(cancellation) : OneByOneAsync(cancellation);

    private async Task<SendResult?> PipelinedAsync(CancellationToken cancellation)
    {
        var reset = session.NeedsReset && !writtenAhead;
        if (!writtenAhead)
        {
            await session.WriteAsync($"{(reset ? "RSET\r\n" : "")}{_text}", cancellation);
        }

        if (reset)
        {
            await ReadResetAsync(cancellation);
        }

        var mail = await NextAsync(cancellation);
        SmtpReply? rcpt = null;
        SmtpReply data;
        try
        {
            rcpt = await NextAsync(cancellation);
            data = await NextAsync(cancellation);
        }
        catch (SmtpFault) when (Refused(mail, rcpt, null) is not null)
        {
            // The server refused and left before it answered the rest: the refusal stands.
            return Refused(mail, rcpt, null);
        }

        var refused = Refused(mail, rcpt, data);
        if (refused is not null)
        {
            await LeaveDataAsync(mail, data, cancellation);
        }

        return refused;
    }

    private async Task<SendResult?> OneByOneAsync(CancellationToken cancellation)
    {
        if (session.NeedsReset)
        {
            await session.WriteAsync("RSET\r\n", cancellation);
            await ReadResetAsync(cancellation);
        }

        SmtpReply? rcpt = null;
        SmtpReply? data = null;
        var mail = await AskAsync(_text.Mail, cancellation);
        if (mail.IsPositive)
        {
            rcpt = await AskAsync(_text.Rcpt, cancellation);
        }

        if (rcpt is { IsPositive: true })
        {
            data = await AskAsync(EnvelopeText.Data, cancellation);
        }

        var refused = Refused(mail, rcpt, data);
        if (refused is not null && (data ?? rcpt ?? mail).IsRefusal)
        {
            session.End(needsReset: true);
        }

        return refused;
    }

    private static SendResult? Refused(SmtpReply mail, SmtpReply? rcpt, SmtpReply? data)
    {
        if (!mail.IsPositive)
        {
            return ReplyMapping.Refused(mail, aboutRecipient: false);
        }

        if (rcpt is { IsPositive: false })
        {
            return ReplyMapping.Refused(rcpt, aboutRecipient: true);
        }

        return data is null or { Code: 354 } ? null : ReplyMapping.Refused(data, aboutRecipient: false);
    }

    /// <summary>Brings the session back to where a message can begin, although DATA went out behind a refused command.</summary>
    private async Task LeaveDataAsync(SmtpReply mail, SmtpReply data, CancellationToken cancellation)
    {
        if (data.IsRefusal)
        {
            session.End(needsReset: true);
            return;
        }

        // The server waits for a message to nobody: RFC 2920, 3.1 has us send an empty one. Where it waits for one from a sender
        // that it refused, or talks nonsense, the connection is left unfit and will be closed.
        if (data.Code != 354 || !mail.IsPositive)
        {
            return;
        }

        try
        {
            await session.WriteAsync(".\r\n", cancellation);
            if ((await session.ReadAsync(cancellation)).IsRefusal)
            {
                session.End(needsReset: true);
            }
        }
        catch (Exception fault) when (fault is SmtpFault or OperationCanceledException)
        {
            // The refusal is the outcome, whatever becomes of the connection.
        }
    }

    private async Task<SmtpReply> AskAsync(string command, CancellationToken cancellation)
    {
        await session.WriteAsync(command, cancellation);
        return await NextAsync(cancellation);
    }

    private async Task<SmtpReply> NextAsync(CancellationToken cancellation)
    {
        var reply = await session.ReadAsync(cancellation);
        if (reply.IsClosing)
        {
            throw new SmtpFault($"The mail server closed the connection: {reply}") { ConnectionLost = true };
        }

        session.HasAnswered = true;
        return reply;
    }

    private async Task ReadResetAsync(CancellationToken cancellation)
    {
        var reply = await session.ReadAsync(cancellation);
        if (!reply.IsPositive)
        {
            throw new SmtpFault($"The mail server does not begin anew: {reply}") { ConnectionLost = true };
        }
    }
}
