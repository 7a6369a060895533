namespace CxOrchestrator.Sdk.Mail;

/// <summary>Tells what a machine wrote from what a person did (RFC 3834 and the customs before it): an absence note is no reply.</summary>
public static class AutomaticMail
{
    private static readonly string[] Marks =
        ["X-Autoreply", "X-Autorespond", "X-Autoresponder", "X-Auto-Reply-From", "List-Id", "List-Unsubscribe", LetterHeaders.Delivery];

    private static readonly HashSet<string> Precedences = new(["bulk", "junk", "list", "auto_reply"], StringComparer.OrdinalIgnoreCase);

    /// <summary>True where a machine wrote it: an automatic answer, a report, a newsletter, or one of our own letters come back.</summary>
    public static bool Is(MailPart mail)
    {
        var headers = mail.Headers;
        return IsTold(headers["Auto-Submitted"], "no")
            || IsTold(headers["X-Auto-Response-Suppress"], "none")
            || headers["Return-Path"]?.Trim() is "<>" or ""
            || Precedences.Contains(headers["Precedence"]?.Trim() ?? "")
            || Marks.Any(mark => headers[mark] is not null)
            || mail.Type.Name == "multipart/report"
            || headers.Addresses("From").Any(from => from.Address.StartsWith("mailer-daemon@", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsTold(string? value, string otherwise) =>
        value is not null && !value.Split(';', ' ', '(')[0].Trim().Equals(otherwise, StringComparison.OrdinalIgnoreCase);
}
