using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Turns a message into a letter, or says why it can never be sent.</summary>
/// <param name="defaults">What the connection's settings say.</param>
/// <param name="time">The clock that dates letters.</param>
public sealed class LetterDesk(LetterDefaults defaults, TimeProvider time)
{
    /// <summary>Headers that are made here, or that would change who gets the message.</summary>
    private static readonly HashSet<string> Reserved = new(
        [
            "From", "To", "Cc", "Bcc", "Sender", "Reply-To", "Subject", "Date", "Message-ID", "MIME-Version", "Return-Path", "Received",
            "Content-Type", "Content-Transfer-Encoding", "Content-Language", LetterHeaders.Delivery,
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Either a letter or the rejection, never both.</summary>
    public (Letter? Letter, SendResult? Rejected) Check(EmailMessage message)
    {
        if (HeaderFault(message) is { } headerFault)
        {
            return (null, SendResult.Rejected("5.6.0", headerFault));
        }

        if (!Mailbox.TryParse(message.To.Address, out var to, out var fault))
        {
            return (null, SendResult.Rejected("5.1.3", $"The recipient's address can't be used: {fault}.", addressInvalid: true));
        }

        var fromAddress = message.From ?? defaults.From;
        if (!Mailbox.TryParse(fromAddress.Address, out var from, out fault))
        {
            return (null, SendResult.Rejected("5.1.7", $"The sender's address '{fromAddress.Address}' can't be used: {fault}."));
        }

        Mailbox? replyTo = null;
        if (message.ReplyTo is { } reply && !Mailbox.TryParse(reply.Address, out replyTo, out fault))
        {
            return (null, SendResult.Rejected("5.6.0", $"The reply address '{reply.Address}' can't be used: {fault}."));
        }

        return (Write(message, new(from, fromAddress.Name), new(to, message.To.Name), replyTo), null);
    }

    private Letter Write(EmailMessage message, NamedMailbox from, NamedMailbox to, Mailbox? replyTo) => new()
    {
        MessageId = $"{message.Key}@{MessageIdDomain(from.Mailbox)}",
        Date = time.GetUtcNow(),
        From = from,
        To = to,
        ReplyTo = replyTo is null ? null : new NamedMailbox(replyTo, message.ReplyTo!.Name),
        Message = message,
    };

    // The same for every try of a message: from the settings, and not from the message, whose sender may be edited in between.
    private string MessageIdDomain(Mailbox from)
    {
        if (!string.IsNullOrEmpty(defaults.MessageIdDomain) && Mailbox.TryDomain(defaults.MessageIdDomain, out var domain))
        {
            return domain;
        }

        return Mailbox.TryParse(defaults.From.Address, out var configured, out _) ? configured.Domain : from.Domain;
    }

    private static string? HeaderFault(EmailMessage message)
    {
        if (message.Key.Length is 0 or > 200 || message.Key.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
        {
            return "The delivery's key must be 1 to 200 ASCII letters, digits and dashes, because it becomes the Message-ID.";
        }

        if (message.Subject.Any(char.IsControl))
        {
            return "The subject holds a line break or another control character; make it one line.";
        }

        return message.Headers.Select(header => HeaderFault(header.Key, header.Value)).FirstOrDefault(fault => fault is not null);
    }

    private static string? HeaderFault(string name, string value)
    {
        if (name.Length is 0 or > 76 || name.Any(c => c is < '!' or > '~' or ':'))
        {
            return "A header's name holds what a name can't; use ASCII letters, digits and dashes.";
        }

        if (Reserved.Contains(name))
        {
            return $"The header {name} is written by the connector; leave it out of the message's headers.";
        }

        if (!Ascii.IsValid(value) || value.Any(char.IsControl))
        {
            return $"The value of the header {name} must be one line of ASCII.";
        }

        // A line is at most 998 bytes (RFC 5322, 2.1.1) and can be folded only where a space is.
        return value.Split(' ').Any(word => word.Length + name.Length + 2 > 998)
            ? $"The header {name} holds a word of over 998 bytes, which mail servers cut."
            : null;
    }
}
