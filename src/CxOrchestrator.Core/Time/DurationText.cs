using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Core;

/// <summary>Reads and prints durations in the words that people use.</summary>
public static partial class DurationText
{
    /// <summary>Longest duration, in days.</summary>
    public const int LongestDays = 3660;

    /// <summary>Longest open time of a calendar, in hours.</summary>
    public const int LongestBusinessHours = 2_000;

    /// <summary>Ways to write one, for messages.</summary>
    public const string Examples = "3d, 2 hours, 1h 30m, 90 minutes, 2 weeks, 1 business day, 4 business hours";

    /// <summary>Reads a duration such as <c>3d</c>, <c>1h 30m</c> or <c>1 business day in support</c>; upper and lower case are the same.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <param name="duration">The duration, where true is given.</param>
    /// <param name="error">What is wrong, with examples, where false is given.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Duration? duration, [NotNullWhen(false)] out string? error)
    {
        var words = TimingText.Normal(text);
        var calendar = CalendarText.In(ref words);
        if (!TryParse(text, words, out duration, out error))
            return false;
        if (calendar is null)
            return true;
        var counts = duration.CountsBusiness;
        duration = counts ? duration with { Calendar = calendar } : null;
        return counts || Fail($"'{text}' counts neither business days nor business hours: leave out 'in {calendar}'.", out error);
    }

    /// <summary>Reads one that names no calendar.</summary>
    /// <param name="text">The whole text, for messages.</param>
    /// <param name="words">Its words.</param>
    /// <param name="duration">The duration, where true is given.</param>
    /// <param name="error">What is wrong, with examples, where false is given.</param>
    internal static bool TryParse(string? text, string words, [NotNullWhen(true)] out Duration? duration, [NotNullWhen(false)] out string? error)
    {
        duration = null;
        if (words.Length == 0)
            return Fail("A duration is missing.", out error);
        if (words.Length > TimingText.LongestText)
            return Fail($"A text of {words.Length} characters is no duration.", out error);

        long days = 0, businessDays = 0, businessMinutes = 0, seconds = 0;
        var position = 0;
        while (position < words.Length)
        {
            var part = Part().Match(words, position);
            if (!part.Success)
                return Fail($"'{text}' is no duration: {Why(words[position..])}.", out error);
            var number = long.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
            var unit = part.Groups["unit"].Value;
            _ = unit[0] switch
            {
                'b' when unit[^1] == 'd' || unit.Contains("day", StringComparison.Ordinal) => businessDays += number,
                'b' when unit.Contains('h', StringComparison.Ordinal) => businessMinutes += 60 * number,
                'b' => businessMinutes += number,
                'w' => days += 7 * number,
                'd' => days += number,
                'h' => seconds += 3600 * number,
                'm' => seconds += 60 * number,
                _ => seconds += number,
            };
            position = part.Index + part.Length;
        }

        if (days + businessDays + (seconds / 86_400) > LongestDays)
            return Fail($"'{text}' is longer than {LongestDays} days.", out error);
        if (businessMinutes > 60 * LongestBusinessHours)
            return Fail($"'{text}' is longer than {LongestBusinessHours} business hours.", out error);
        duration = new Duration((int)days, (int)businessDays, TimeSpan.FromSeconds(seconds)) { BusinessTime = TimeSpan.FromMinutes(businessMinutes) };
        error = null;
        return true;
    }

    /// <summary>The shortest words for a duration, for example <c>3d 1h 30m</c>.</summary>
    internal static string Print(Duration duration)
    {
        var clock = duration.Clock;
        var parts = new List<string>(8);
        Say(duration.Days, "d");
        SayBusiness(duration.BusinessDays, "day");
        SayBusiness((int)duration.BusinessTime.TotalHours, "hour");
        SayBusiness(duration.BusinessTime.Minutes, "minute");
        Say((long)clock.TotalHours, "h");
        Say(clock.Minutes, "m");
        Say(clock.Seconds, "s");
        return (parts.Count == 0 ? "0s" : string.Join(' ', parts)) + (duration.Calendar is { } calendar ? $" in {calendar}" : "");

        void SayBusiness(int number, string unit)
        {
            if (number > 0)
                parts.Add(string.Create(CultureInfo.InvariantCulture, $"{number} business {unit}{(number == 1 ? "" : "s")}"));
        }

        void Say(long number, string unit)
        {
            if (number > 0)
                parts.Add(number.ToString(CultureInfo.InvariantCulture) + unit);
        }
    }

    private static bool Fail(string what, out string error)
    {
        error = $"{what} Write for example: {Examples}.";
        return false;
    }

    private static string Why(string rest)
    {
        var word = rest.Split(' ', 3);
        if (rest[0] == '-')
            return "it can't be negative";
        if (Fraction().IsMatch(rest))
            return "write whole numbers (1h 30m, not 1.5h)";
        if (!char.IsAsciiDigit(rest[0]))
            return $"a number should stand where '{word[0]}' stands";
        var unit = rest.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ' ').Split(' ', 2)[0];
        return unit switch
        {
            "" => $"'{rest}' has no unit",
            "month" or "months" or "mo" or "year" or "years" or "y" => $"{unit} vary in length; write days or weeks",
            _ => $"'{unit}' is no unit of time",
        };
    }

    [GeneratedRegex(@"\G(?:(?:,|and|, and) ?)?(?<number>[0-9]{1,9}) ?(?<unit>s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?|bd|bh|business (?:days?|hours?|hrs?|minutes?|mins?))(?![a-z])(?: |(?=,)|(?=[0-9])|$)")]
    private static partial Regex Part();

    [GeneratedRegex(@"^[0-9]+[.,][0-9]")]
    private static partial Regex Fraction();
}
