namespace CxOrchestrator.Sdk.Mail;

/// <summary>A message to the <c>mailto:</c> of List-Unsubscribe (RFC 2369).</summary>
internal static class Unsubscription
{
    private const string Word = "unsubscribe";
    private static readonly string[] AddressHeaders = ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"];

    /// <summary>True where it came to that address and says so, in its subject or at the beginning of its text.</summary>
    public static bool Is(MailPart mail, string? address) =>
        address is { Length: > 0 }
        && AddressHeaders.SelectMany(mail.Headers.Addresses).Any(to => to.Address.Equals(address, StringComparison.OrdinalIgnoreCase))
        && (Says(mail.Headers.Shown("Subject")) || Says(ReplyText.Of(mail)));

    private static bool Says(string? text) => text?.Trim().StartsWith(Word, StringComparison.OrdinalIgnoreCase) == true;
}
