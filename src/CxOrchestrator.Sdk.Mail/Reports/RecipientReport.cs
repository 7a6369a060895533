namespace CxOrchestrator.Sdk.Mail;

/// <summary>What became of one recipient.</summary>
/// <param name="Action">What the server did.</param>
/// <param name="Address">The address that we wrote to, or where it is not told, the last one that was tried; null where neither is told.</param>
/// <param name="Code">The code that counts; see <see cref="StatusCodes.Of"/>.</param>
/// <param name="Text">The server's words, at most 300 characters; may be empty.</param>
public sealed record RecipientReport(DeliveryAction Action, string? Address, string Code, string Text)
{
    private const int Longest = 300;

    /// <summary>True where the address should not be used again: the message failed for good, because of the address.</summary>
    public bool AddressInvalid => Action == DeliveryAction.Failed && StatusCodes.SaysAddressIsBad(Code);

    internal static RecipientReport Of(MailHeaders group)
    {
        var action = group["Action"]!.Split(' ', '(', ';')[0].ToUpperInvariant() switch
        {
            "FAILED" => DeliveryAction.Failed,
            "DELAYED" => DeliveryAction.Delayed,
            "DELIVERED" => DeliveryAction.Delivered,
            "RELAYED" => DeliveryAction.Relayed,
            "EXPANDED" => DeliveryAction.Expanded,
            _ => DeliveryAction.Unclear,
        };
        var diagnostic = AfterType(group["Diagnostic-Code"]) ?? "";
        return new RecipientReport(
            action,
            (AfterType(group["Original-Recipient"]) ?? AfterType(group["Final-Recipient"]))?.Trim('<', '>'),
            StatusCodes.Of(group["Status"], diagnostic),
            diagnostic.Length > Longest ? diagnostic[..Longest] + "…" : diagnostic);
    }

    // "rfc822; anna@example.com", "smtp; 550 5.1.1 No such user"
    private static string? AfterType(string? value) => value?[(value.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim();
}

/// <summary>What a mail server did with a message (RFC 3464, 2.3.3).</summary>
public enum DeliveryAction
{
    /// <summary>Something that the standard doesn't know.</summary>
    Unclear,

    /// <summary>It will not arrive.</summary>
    Failed,

    /// <summary>It is late and still being tried.</summary>
    Delayed,

    /// <summary>It lies in the mailbox.</summary>
    Delivered,

    /// <summary>It went on to a server that sends no reports.</summary>
    Relayed,

    /// <summary>It went on to several addresses.</summary>
    Expanded,
}
