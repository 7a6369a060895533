using System.Globalization;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Sdk.Mail;

/// <summary>Dates of messages (RFC 5322, 3.3, and the old zones of 4.3).</summary>
internal static partial class DateReader
{
    private static readonly string[] Forms = ["d MMM yyyy H:mm:ss zzz", "d MMM yyyy H:mm zzz", "d MMM yy H:mm:ss zzz", "d MMM yy H:mm zzz"];

    /// <summary>The time, or null.</summary>
    public static DateTimeOffset? Read(string value)
    {
        var match = Form().Match(value);
        if (!match.Success)
        {
            return null;
        }

        var zone = match.Groups[2].Value.ToUpperInvariant() switch
        {
            ['+' or '-', ..] sign => $"{sign[..3]}:{sign[3..]}",
            "EST" or "CDT" => "-05:00",
            "EDT" => "-04:00",
            "CST" or "MDT" => "-06:00",
            "MST" or "PDT" => "-07:00",
            "PST" => "-08:00",
            _ => "+00:00",
        };
        var text = Blanks().Replace(match.Groups[1].Value, " ");
        return DateTimeOffset.TryParseExact($"{text} {zone}", Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }

    [GeneratedRegex(@"(\d{1,2}\s+[A-Za-z]{3}\s+\d{2,4}\s+\d{1,2}:\d{2}(?::\d{2})?)\s*([+-]\d{4}|[A-Za-z]{1,5})?", RegexOptions.NonBacktracking)]
    private static partial Regex Form();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
