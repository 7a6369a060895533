using System.Globalization;
using System.Text;
using CxOrchestrator.Templating.Rendering;

namespace CxOrchestrator.Templating.Builtins;

/// <summary>Formats dates by patterns such as <c>%d %B %Y</c>.</summary>
internal static class DatePattern
{
    /// <summary>Characters of a pattern; each may become several dozen.</summary>
    private const int LongestPattern = 1000;

    /// <summary>A date by a pattern.</summary>
    /// <exception cref="ArgumentFault">The pattern is too long.</exception>
    public static string Format(RenderContext context, DateTimeOffset date, string pattern, CultureInfo culture)
    {
        if (pattern.Length > LongestPattern) throw new ArgumentFault(1, $"The pattern is longer than {LongestPattern} characters.");
        if (pattern == "%g") (pattern, culture) = (DateText.Pattern(context), CultureInfo.InvariantCulture);
        var text = new StringBuilder(pattern.Length + 16);
        Append(text, date, pattern, ref culture);
        return text.ToString();
    }

    private static void Append(StringBuilder text, DateTimeOffset date, ReadOnlySpan<char> pattern, ref CultureInfo culture)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] != '%' || i + 1 == pattern.Length)
            {
                text.Append(pattern[i]);
                continue;
            }

            var code = pattern[++i];
            if (code == 'g') culture = CultureInfo.InvariantCulture;
            else if (Composite(code) is { } parts) Append(text, date, parts, ref culture);
            else text.Append(Named(code, date, culture) ?? Number(code, date) ?? "%" + code);
        }
    }

    private static string? Composite(char code) => code switch
    {
        'c' => "%a %b %e %T %Y",
        'D' => "%m/%d/%y",
        'F' => "%Y-%m-%d",
        'r' => "%I:%M:%S %p",
        'R' => "%H:%M",
        'T' => "%H:%M:%S",
        _ => null,
    };

    private static string? Named(char code, DateTimeOffset date, CultureInfo culture) => code switch
    {
        'a' => date.ToString("ddd", culture),
        'A' => date.ToString("dddd", culture),
        'b' or 'h' => date.ToString("MMM", culture),
        'B' => date.ToString("MMMM", culture),
        'p' => date.ToString("tt", culture),
        'P' => date.ToString("tt", culture).ToLower(culture),
        'v' => string.Create(CultureInfo.InvariantCulture, $"{date.Day,2}-{date.ToString("MMM", CultureInfo.InvariantCulture).ToUpperInvariant()}-{date.Year:0000}"),
        'x' => date.ToString("d", culture),
        'X' => date.ToString("T", culture),
        'n' => "\n",
        't' => "\t",
        'Z' => date.ToString("zzz", CultureInfo.InvariantCulture),
        '%' => "%",
        _ => null,
    };

    private static string? Number(char code, DateTimeOffset date)
    {
        var dayOfWeek = (int)date.DayOfWeek;
        FormattableString? text = code switch
        {
            'C' => $"{date.Year / 100:00}",
            'd' => $"{date.Day:00}",
            'e' => $"{date.Day,2}",
            'H' => $"{date.Hour:00}",
            'I' => $"{Twelve(date.Hour):00}",
            'j' => $"{date.DayOfYear:000}",
            'k' => $"{date.Hour,2}",
            'l' => $"{Twelve(date.Hour),2}",
            'L' => $"{date.Millisecond:000}",
            'm' => $"{date.Month:00}",
            'M' => $"{date.Minute:00}",
            'N' => $"{date.Ticks % TimeSpan.TicksPerSecond * 100:000000000}",
            's' => $"{date.ToUnixTimeSeconds()}",
            'S' => $"{date.Second:00}",
            'u' => $"{(dayOfWeek == 0 ? 7 : dayOfWeek)}",
            'U' => $"{(date.DayOfYear + 6 - dayOfWeek) / 7:00}",
            'V' => $"{ISOWeek.GetWeekOfYear(date.DateTime):00}",
            'w' => $"{dayOfWeek}",
            'W' => $"{(date.DayOfYear + 6 - ((dayOfWeek + 6) % 7)) / 7:00}",
            'y' => $"{date.Year % 100:00}",
            'Y' => $"{date.Year:0000}",
            _ => null,
        };
        return text?.ToString(CultureInfo.InvariantCulture);
    }

    private static int Twelve(int hour) => hour % 12 == 0 ? 12 : hour % 12;
}
