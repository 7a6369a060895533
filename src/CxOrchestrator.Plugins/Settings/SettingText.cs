using System.Globalization;

namespace CxOrchestrator.Plugins.Settings;

/// <summary>Turns what is written for a setting into a value of its type, always in the invariant culture.</summary>
internal static class SettingText
{
    /// <summary>The value, or what would have been right.</summary>
    public static (object? Value, string? Expected) Parse(string text, Type type, SettingKind kind)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return kind switch
        {
            SettingKind.Text => (text, null),
            SettingKind.Flag => bool.TryParse(text, out var flag) ? (flag, null) : (null, "true or false"),
            SettingKind.Integer => Number(text, plain, NumberStyles.AllowLeadingSign, "a whole number"),
            SettingKind.Number => Number(text, plain, NumberStyles.Float & ~NumberStyles.AllowExponent, "a number"),
            SettingKind.Choice => Choice(text, plain),
            SettingKind.Duration => Duration(text),
            SettingKind.Moment => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var moment)
                ? (moment, null)
                : (null, "a moment such as 2026-03-01T09:00:00+07:00"),
            SettingKind.Url => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme != Uri.UriSchemeFile
                ? (url, null)
                : (null, "a URL such as https://api.example.com"),
            _ => (null, "nothing of its own but what stands below it"),
        };
    }

    private static (object? Value, string? Expected) Number(string text, Type type, NumberStyles style, string expected)
    {
        if (!decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number))
            return (null, expected);
        try
        {
            return (Convert.ChangeType(number, type, CultureInfo.InvariantCulture), null);
        }
        catch (OverflowException)
        {
            return (null, $"{expected} that is nearer to zero");
        }
    }

    private static (object? Value, string? Expected) Choice(string text, Type type)
    {
        // By name alone: Enum.Parse would take any number.
        var name = Array.Find(Enum.GetNames(type), one => string.Equals(one, text, StringComparison.OrdinalIgnoreCase));
        return name is null ? (null, $"one of {string.Join(", ", Enum.GetNames(type))}") : (Enum.Parse(type, name), null);
    }

    // TimeSpan takes a lone number for days: nobody who writes 30 for a time limit means a month.
    private static (object? Value, string? Expected) Duration(string text) =>
        text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration)
            ? (duration, null)
            : (null, "a duration such as 00:00:30 (hours:minutes:seconds)");
}
