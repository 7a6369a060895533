namespace CxOrchestrator.Sdk.Mail;

/// <summary>Reads MIME messages (RFC 5322, RFC 2045, RFC 2047, RFC 2231) as they come: whatever the bytes are, there is a result.</summary>
public static class MailReader
{
    /// <summary>Reads a message with all its parts. Never throws for what is in it.</summary>
    /// <param name="message">The bytes, with CRLF or LF line ends; may be cut off anywhere.</param>
    /// <param name="limits">How much is read; null for the default limits.</param>
    public static MailPart Read(ReadOnlyMemory<byte> message, MailReadLimits? limits = null)
    {
        limits ??= MailReadLimits.Default;
        return new PartReader(limits).Read(message.Length > limits.Bytes ? message[..limits.Bytes] : message);
    }
}
