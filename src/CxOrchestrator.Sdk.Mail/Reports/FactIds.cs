using System.Security.Cryptography;
using System.Text;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>
/// Ids of facts, from what the message itself says and never from its place in a mailbox: a mailbox that is restored or numbered anew holds the
/// same messages.
/// </summary>
internal static class FactIds
{
    /// <summary>The id of a message's facts.</summary>
    public static string Of(MailPart mail, ReadOnlySpan<byte> message)
    {
        // Some mail servers give every report the same Message-ID, or none.
        var hash = mail.Headers["Message-ID"] is { Length: > 2 } id
            ? SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{mail.Headers["Date"]}\n{mail.Headers["From"]}\n{mail.Headers["To"]}"))
            : SHA256.HashData(message);
        return "mail-" + Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }
}
