using System.Globalization;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>A letter written for what one server offers.</summary>
/// <param name="Envelope">Who sends to whom.</param>
/// <param name="Size">Bytes of the message, for SIZE (RFC 1870).</param>
/// <param name="Data">What goes over the wire after DATA, up to the final dot.</param>
internal sealed record Prepared(Envelope Envelope, int Size, byte[] Data)
{
    /// <summary>Either the letter, or why this server will never take it.</summary>
    public static (Prepared? Letter, SendResult? Rejected) For(Envelope envelope, SmtpExtensions offers)
    {
        if (envelope.NeedsUtf8 && !offers.SmtpUtf8)
        {
            return (null, SendResult.Rejected(
                "5.6.7", "An address has letters beyond ASCII before the @, which this mail server doesn't take (it offers no SMTPUTF8)."));
        }

        var message = LetterWriter.Write(envelope.Letter, offers.EightBitMime);
        if (offers.MaxSize > 0 && message.Length > offers.MaxSize)
        {
            var sizes = string.Create(CultureInfo.InvariantCulture, $"{message.Length} bytes; the mail server takes {offers.MaxSize}");
            return (null, SendResult.Rejected("5.3.4", $"The message has {sizes}."));
        }

        return (new Prepared(envelope, message.Length, DataBlock.Stuffed(message)), null);
    }
}
