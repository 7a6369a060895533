using System.Globalization;
using CxOrchestrator.Core;

namespace CxOrchestrator.Engine.Import;

/// <summary>Reads times as files have them: ISO 8601, with an offset, or without one in a given zone.</summary>
internal static class TimeText
{
    private static readonly string[] Local =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
    ];

    private static readonly string[] WithOffset = [.. Local.Skip(1).Select(format => format + "K"), .. Local.Skip(1).Select(format => format + " zzz")];

    /// <summary>Reads a time. Of a local time that comes twice the first is taken; one that the clocks skip moves forward.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, out DateTimeOffset time)
    {
        if (DateTime.TryParseExact(text, Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            time = LocalTime.ToInstant(local, zone);
            return true;
        }

        return DateTimeOffset.TryParseExact(
            text, WithOffset, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
    }
}
