using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CxOrchestrator.Core;

/// <summary>How far a day lies from another: <c>3 days</c>, <c>2 weeks</c>, <c>1 month</c>. Months first, then days.</summary>
/// <param name="Months">Calendar months; negative for before. A day that the month doesn't have is its last one.</param>
/// <param name="Days">Days; negative for before.</param>
public sealed partial record DateShift(int Months, int Days)
{
    /// <summary>The farthest, in days and months together.</summary>
    public const int FarthestDays = 3660;

    /// <summary>Ways to write one, for messages.</summary>
    public const string Examples = "3 days, 2 weeks, 1 month, 1 month 3 days";

    private const int MonthDays = 30;

    /// <summary>The day itself.</summary>
    public static DateShift None { get; } = new(0, 0);

    /// <summary>The same distance to the other side.</summary>
    public DateShift Back() => new(-Months, -Days);

    /// <summary>The day that lies so far from another, or null where the calendar has no such day.</summary>
    public DateOnly? From(DateOnly day)
    {
        // Years 1 and 9999 stand in CRMs for dates that nobody knows.
        const int Margin = 11;
        return day.Year is > Margin and < 9999 - Margin ? day.AddMonths(Months).AddDays(Days) : null;
    }

    /// <summary>Reads a distance such as <c>3 days</c> or <c>1 month</c>; upper and lower case are the same.</summary>
    /// <param name="text">The text; may be null.</param>
    /// <param name="shift">The distance, never negative, where true is given.</param>
    /// <param name="error">What is wrong, with examples, where false is given.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out DateShift? shift, [NotNullWhen(false)] out string? error)
    {
        shift = null;
        error = null;
        var (months, days) = (0L, 0L);
        var words = TimingText.Normal(text);
        if (words.Length is > 0 and <= TimingText.LongestText && Whole().IsMatch(words))
        {
            foreach (Match part in Part().Matches(words))
            {
                var number = long.Parse(part.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
                _ = part.Groups["unit"].ValueSpan switch
                {
                    ['m', ..] => months += number,
                    ['y', ..] => months += 12 * number,
                    ['w', ..] => days += 7 * number,
                    _ => days += number,
                };
            }

            if ((months * MonthDays) + days <= FarthestDays)
            {
                shift = new DateShift((int)months, (int)days);
                return true;
            }

            error = $"'{text}' is farther than {FarthestDays} days. Write for example: {Examples}.";
            return false;
        }

        error = $"'{text}' is no number of days. Write for example: {Examples}.";
        return false;
    }

    /// <summary>In words, without its side: <c>1 month 3 days</c>; empty for the day itself.</summary>
    public override string ToString()
    {
        return string.Join(' ', new[] { Said(Math.Abs(Months), "month"), Said(Math.Abs(Days), "day") }.Where(part => part.Length > 0));

        static string Said(int number, string unit) => number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{number} {unit}{(number == 1 ? "" : "s")}");
    }

    private const string OnePart = "(?<number>[0-9]{1,5}) ?(?<unit>days?|d|weeks?|w|months?|years?|y)(?![a-z])";

    [GeneratedRegex("^" + OnePart + "(?: " + OnePart + ")*$")]
    private static partial Regex Whole();

    [GeneratedRegex(OnePart)]
    private static partial Regex Part();
}
