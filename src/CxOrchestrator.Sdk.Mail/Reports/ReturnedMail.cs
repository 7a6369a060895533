namespace CxOrchestrator.Sdk.Mail;

/// <summary>The message that a report gives back, or its headers alone.</summary>
internal static class ReturnedMail
{
    /// <summary>Its headers; null where nothing is given back.</summary>
    public static MailHeaders? HeadersIn(MailPart report)
    {
        // The original comes last (RFC 6522), so that one that was forwarded within the words for people isn't taken for it.
        var part = report.Walk().LastOrDefault(part => part.Type.Name is "message/rfc822" or "message/global" or "text/rfc822-headers" or "message/global-headers");
        return part switch
        {
            null => null,
            { Parts: [var message, ..] } => message.Headers,
            _ => HeaderReader.Read(part.Body.Span, MailReadLimits.Default).Headers,
        };
    }
}
