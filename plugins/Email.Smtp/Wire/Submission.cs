using CxOrchestrator.Plugins.EmailSmtp.Pool;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>
/// One letter on one session. Up to the write that carries the final dot, trouble is a <see cref="SmtpFault"/> or a cancellation:
/// certainly not sent. From that write on, only a reply tells; without one the outcome is unknown. That write carries the envelope of a
/// letter that waits, too: what becomes of it is told by the replies that its own submission reads.
/// </summary>
internal sealed class Submission(SmtpLease lease, SmtpSettings settings)
{
    private const int Chunk = 64 * 1024;

    private SmtpSession Session => lease.Session;

    /// <summary>Sends the letter.</summary>
    /// <exception cref="SmtpFault">Certainly not sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up before anything was sent.</exception>
    public async Task<SendResult> RunAsync(Envelope envelope, CancellationToken cancellation)
    {
        var ahead = lease.WrittenAhead;
        var (letter, rejected) = ahead is null ? Prepared.For(envelope, Session.Offers) : (ahead, null);
        if (letter is null)
        {
            return rejected!;
        }

        Session.Begin();
        var refused = await new EnvelopeExchange(Session, letter, ahead is not null).RunAsync(cancellation);
        return refused ?? await HandOverAsync(letter.Data, cancellation);
    }

    private async Task<SendResult> HandOverAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        var limit = TimeSpan.FromSeconds(settings.DataTimeoutSeconds);
        while (data.Length > Chunk)
        {
            await Session.WriteAsync(data[..Chunk], limit, cancellation);
            data = data[Chunk..];
        }

        cancellation.ThrowIfCancellationRequested();
        var next = lease.TakeNext();
        SmtpReply reply;
        try
        {
            await Session.WriteAsync(Session.LastFlight(data.Span, next ?? ""), limit, cancellation);
            reply = await Session.ReadAsync(limit, cancellation);
        }
        catch (OperationCanceledException)
        {
            return SendResult.Unknown("The call was cut off after the message was handed over, before the mail server answered.");
        }
        catch (Exception fault)
        {
            // Whatever it was: the message is out of our hands.
            return SendResult.Unknown($"The mail server did not answer the message. {fault.Message}");
        }

        if (!reply.IsClosing && (reply.IsPositive || reply.IsRefusal))
        {
            Session.End(needsReset: false);
        }

        return ReplyMapping.Answered(reply);
    }
}
