namespace CxOrchestrator.Sdk.Mail;

/// <summary>A mail server's report of what became of a message (RFC 3464, RFC 6533).</summary>
public sealed record DeliveryReport
{
    /// <summary>The ENVID that the message was sent with; null where the server doesn't tell.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>What became of each recipient.</summary>
    public required IReadOnlyList<RecipientReport> Recipients { get; init; }

    /// <summary>The headers of the message that it is about; null where they aren't returned.</summary>
    public MailHeaders? Original { get; init; }

    /// <summary>The report in a message; null where it holds none.</summary>
    public static DeliveryReport? In(MailPart mail)
    {
        var status = mail.Walk().FirstOrDefault(part => part.Type.Name is "message/delivery-status" or "message/global-delivery-status");
        if (status is null)
        {
            return null;
        }

        // Some servers leave the group of the whole message out, or put all into one.
        var groups = HeaderReader.ReadGroups(status.Body.Span, MailReadLimits.Default);
        return new DeliveryReport
        {
            EnvelopeId = groups.Select(group => group["Original-Envelope-Id"]).FirstOrDefault(id => id is not null),
            Recipients = [.. groups.Where(group => group["Action"] is not null).Select(RecipientReport.Of)],
            Original = ReturnedMail.HeadersIn(mail),
        };
    }
}
