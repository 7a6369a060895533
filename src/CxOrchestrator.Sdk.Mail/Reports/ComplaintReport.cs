namespace CxOrchestrator.Sdk.Mail;

/// <summary>A mail provider's report of a complaint (ARF, RFC 5965).</summary>
public sealed record ComplaintReport
{
    // Reports in the same form that are no complaint of a person: RFC 6591, RFC 6430, and machines' findings.
    private static readonly HashSet<string> NoComplaints = new(["not-spam", "auth-failure", "virus", "dmarc"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Such as <c>abuse</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Who complained; null where the provider doesn't tell, as many don't.</summary>
    public string? Recipient { get; init; }

    /// <summary>The envelope sender of the message; null where it isn't told.</summary>
    public string? MailFrom { get; init; }

    /// <summary>The headers of the message that it is about; null where they aren't returned.</summary>
    public MailHeaders? Original { get; init; }

    /// <summary>True where a person was annoyed; false for reports of other things in this form.</summary>
    public bool IsComplaint => !NoComplaints.Contains(Type);

    /// <summary>The report in a message; null where it holds none.</summary>
    public static ComplaintReport? In(MailPart mail)
    {
        var part = mail.Walk().FirstOrDefault(part => part.Type.Name == "message/feedback-report");
        if (part is null)
        {
            return null;
        }

        var fields = HeaderReader.Read(part.Body.Span, MailReadLimits.Default).Headers;
        var original = ReturnedMail.HeadersIn(mail);
        var to = original?.Addresses("To") is [var first, ..] ? first.Address : null;
        return fields["Feedback-Type"] is not { Length: > 0 } type ? null : new ComplaintReport
        {
            Type = type.Trim().ToLowerInvariant(),
            Recipient = (fields["Original-Rcpt-To"] ?? to)?.Trim().Trim('<', '>'),
            MailFrom = fields["Original-Mail-From"],
            Original = original,
        };
    }
}
