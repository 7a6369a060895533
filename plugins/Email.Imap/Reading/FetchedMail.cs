using System.Globalization;
using CxOrchestrator.Plugins.EmailImap.Wire;

namespace CxOrchestrator.Plugins.EmailImap.Reading;

/// <summary>A message as the server gave it.</summary>
/// <param name="Uid">Its number.</param>
/// <param name="ReceivedAt">When it came into the mailbox; null where the server doesn't say.</param>
/// <param name="Content">As much of it as was asked for.</param>
internal sealed record FetchedMail(uint Uid, DateTimeOffset? ReceivedAt, ReadOnlyMemory<byte> Content)
{
    private static readonly string[] DateForms = ["d-MMM-yyyy HH:mm:ss zzz"];

    /// <summary>Makes sense of a response; null where it is about something else.</summary>
    public static FetchedMail? Of(ImapResponse response)
    {
        if (response.Kind != "FETCH" || response.Values is not [var list, ..]
            || !uint.TryParse(list.After(Is("UID"))?.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var uid)
            || list.After(name => name.StartsWith("BODY[]", StringComparison.OrdinalIgnoreCase))?.Bytes is not { } content)
        {
            return null;
        }

        return new FetchedMail(uid, Date(list.After(Is("INTERNALDATE"))?.Text), content);

        static Func<string, bool> Is(string wanted) => name => name.Equals(wanted, StringComparison.OrdinalIgnoreCase);
    }

    // "17-Jul-1996 02:44:25 -0700", with a blank before a day of one digit.
    private static DateTimeOffset? Date(string? text) =>
        text?.Trim() is { Length: > 5 } date
        && DateTimeOffset.TryParseExact(date.Insert(date.Length - 2, ":"), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time
            : null;
}
