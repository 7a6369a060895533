using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Mail;

namespace CxOrchestrator.Plugins.EmailSmtp.Wire;

/// <summary>What a reply means for the delivery.</summary>
internal static class ReplyMapping
{
    /// <summary>A reply before the message was handed over that is not the one that was hoped for.</summary>
    /// <param name="reply">Anything but a positive reply.</param>
    /// <param name="aboutRecipient">It answers RCPT; the same codes after MAIL speak of the sender.</param>
    public static SendResult Refused(SmtpReply reply, bool aboutRecipient)
    {
        // A server that wants a password first says nothing about this message: refusing it would lose it over a setting.
        if (reply.IsAboutSession)
        {
            return SendResult.Deferred($"The mail server wants us to sign in or to encrypt: {reply}. Check the connection's settings.");
        }

        return reply.IsPermanent ? Rejected(reply, aboutRecipient) : SendResult.Deferred($"The mail server put it off: {reply}");
    }

    /// <summary>The reply to the final dot.</summary>
    public static SendResult Answered(SmtpReply reply)
    {
        if (reply.IsPositive)
        {
            return SendResult.Accepted(reply.Receipt);
        }

        if (reply.IsTransient)
        {
            return SendResult.Deferred($"The mail server put it off: {reply}");
        }

        return reply.IsPermanent
            ? Rejected(reply, aboutRecipient: true)
            : SendResult.Unknown($"The mail server answered the message with something else than yes or no: {reply}");
    }

    private static SendResult Rejected(SmtpReply reply, bool aboutRecipient) =>
        SendResult.Rejected(
            reply.Enhanced ?? reply.Code.ToString(System.Globalization.CultureInfo.InvariantCulture),
            reply.ToString(),
            aboutRecipient && StatusCodes.SaysAddressIsBad(reply.Enhanced));
}
