using System.Globalization;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>
/// One letter on one session. Up to the write that carries the final dot, trouble is a <see cref="SmtpFault"/> or a cancellation:
/// certainly not sent. From that write on, only a reply tells; without one the outcome is unknown.
/// </summary>
internal sealed class Submission(SmtpSession session, SmtpSettings settings)
{
    private const int Chunk = 64 * 1024;

    /// <summary>Sends the letter.</summary>
    /// <exception cref="SmtpFault">Certainly not sent.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up before anything was sent.</exception>
    public async Task<SendResult> RunAsync(Envelope envelope, CancellationToken cancellation)
    {
        if (envelope.NeedsUtf8 && !session.Offers.SmtpUtf8)
        {
            return SendResult.Rejected(
                "5.6.7", "An address has letters beyond ASCII before the @, which this mail server doesn't take (it offers no SMTPUTF8).");
        }

        var message = LetterWriter.Write(envelope.Letter, session.Offers.EightBitMime);
        if (session.Offers.MaxSize > 0 && message.Length > session.Offers.MaxSize)
        {
            var sizes = string.Create(CultureInfo.InvariantCulture, $"{message.Length} bytes; the mail server takes {session.Offers.MaxSize}");
            return SendResult.Rejected("5.3.4", $"The message has {sizes}.");
        }

        session.Begin();
        var refused = await new EnvelopeExchange(session, envelope, message.Length).RunAsync(cancellation);
        return refused ?? await HandOverAsync(DataBlock.Of(message), cancellation);
    }

    private async Task<SendResult> HandOverAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        var limit = TimeSpan.FromSeconds(settings.DataTimeoutSeconds);
        while (data.Length > Chunk)
        {
            await session.WriteAsync(data[..Chunk], limit, cancellation);
            data = data[Chunk..];
        }

        cancellation.ThrowIfCancellationRequested();
        SmtpReply reply;
        try
        {
            await session.WriteAsync(data, limit, cancellation);
            reply = await session.ReadAsync(limit, cancellation);
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
            session.End(needsReset: false);
        }

        return ReplyMapping.Answered(reply);
    }
}
