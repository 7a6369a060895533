using System.Globalization;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Web.Events;

/// <summary>Times as RFC 3339, section 5.6 writes them: a date, <c>T</c>, a time, perhaps a fraction, and an offset or <c>Z</c>.</summary>
internal static partial class Rfc3339
{
    /// <summary>Reads a time; false where it isn't one. A fraction is kept to a ten-millionth of a second, and a leap second is the one before.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        var match = Form().Match(text);
        if (!match.Success)
            return false;
        var second = match.Groups["second"].Value == "60" ? "59" : match.Groups["second"].Value;
        var fraction = match.Groups["fraction"].Value.PadRight(7, '0')[..7];
        var offset = match.Groups["offset"].Value is "Z" or "z" ? "+00:00" : match.Groups["offset"].Value;
        return DateTimeOffset.TryParseExact(
            $"{match.Groups["minutes"].Value.ToUpperInvariant()}:{second}.{fraction}{offset}", "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz",
            CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    [GeneratedRegex(
        @"\A(?<minutes>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}):(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,30}))?"
        + @"(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
