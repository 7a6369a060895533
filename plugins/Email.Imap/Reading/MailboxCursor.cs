using System.Globalization;

namespace CxOrchestrator.Plugins.EmailImap.Reading;

/// <summary>How far a mailbox was read.</summary>
/// <param name="Validity">UIDVALIDITY: the numbers mean what they meant as long as this is the same.</param>
/// <param name="LastUid">The last message that was read.</param>
/// <param name="Told">Messages that told something, to be marked or moved once that is stored: when this cursor comes back.</param>
internal sealed record MailboxCursor(uint Validity, uint LastUid, IReadOnlyList<uint> Told)
{
    /// <summary>Reads a cursor; null for none, and for one that is not ours: then the mailbox is read anew, and known facts keep their ids.</summary>
    public static MailboxCursor? Read(string? text)
    {
        if (text?.Split(':') is not [var validity, var last, var told] || Number(validity) is not { } first || Number(last) is not { } second)
        {
            return null;
        }

        var uids = told.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToList();
        return uids.Contains(null) ? null : new MailboxCursor(first, second, [.. uids.OfType<uint>()]);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Validity}:{LastUid}:{string.Join(',', Told)}");

    private static uint? Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
