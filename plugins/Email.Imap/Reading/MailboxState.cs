using System.Globalization;
using System.Text.RegularExpressions;
using CxOrchestrator.Plugins.EmailImap.Wire;

namespace CxOrchestrator.Plugins.EmailImap.Reading;

/// <summary>What a server says of a mailbox when it is opened.</summary>
/// <param name="Validity">UIDVALIDITY.</param>
/// <param name="NextUid">UIDNEXT; null where the server doesn't tell.</param>
internal sealed partial record MailboxState(uint Validity, uint? NextUid)
{
    /// <summary>Opens a mailbox.</summary>
    /// <param name="session">Signed in.</param>
    /// <param name="name">The mailbox.</param>
    /// <param name="readOnly">Nothing will be changed in it.</param>
    /// <param name="cancellation">The caller's.</param>
    public static async Task<MailboxState> OpenAsync(ImapSession session, string name, bool readOnly, CancellationToken cancellation)
    {
        uint? validity = null;
        uint? next = null;
        var command = (readOnly ? "EXAMINE " : "SELECT ") + ImapText.Mailbox(name);
        await session.DemandAsync($"open the mailbox '{name}'", command, cancellation, response =>
        {
            if (Code().Match(response.Text) is { Success: true } code && uint.TryParse(code.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                _ = code.Groups[1].Value.Equals("UIDVALIDITY", StringComparison.OrdinalIgnoreCase) ? validity = number : next = number;
            }
        });
        return new MailboxState(
            validity ?? throw new ImapFault($"The server gives the mailbox '{name}' no UIDVALIDITY: its messages can't be told apart for long."), next);
    }

    [GeneratedRegex(@"^\[(UIDVALIDITY|UIDNEXT) (\d+)\]", RegexOptions.IgnoreCase)]
    private static partial Regex Code();
}
