using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Moments;

/// <summary>A day that a trigger is about, and when it begins the journey.</summary>
/// <param name="Day">The day itself: the birthday of a year, or the date in the field.</param>
/// <param name="At">When.</param>
public sealed record DateMoment(DateOnly Day, DateTimeOffset At);

/// <summary>Finds when a customer's date begins a journey.</summary>
public static class DateMoments
{
    private const double DaysOfYear = 365.2425;
    private const double DaysOfMonth = DaysOfYear / 12;

    /// <summary>The newest moment up to now, and the first after it; each null where there is none.</summary>
    /// <param name="trigger">What is asked for.</param>
    /// <param name="date">The date in the customer's field.</param>
    /// <param name="zone">The customer's zone.</param>
    /// <param name="now">Now.</param>
    public static (DateMoment? Newest, DateMoment? Next) Around(DateTrigger trigger, CustomerDate date, TimeZoneInfo zone, DateTimeOffset now)
    {
        DateMoment? newest = null;
        foreach (var day in Days(trigger, date, now))
        {
            if (trigger.Shift.From(day) is not { } shifted)
                continue;
            var moment = new DateMoment(day, LocalTime.ToInstant(shifted.ToDateTime(trigger.At), zone));
            if (moment.At > now)
                return (newest, moment);
            newest = moment;
        }

        return (newest, null);
    }

    // Of a birthday the years around the one that the trigger now looks at; the day of birth itself is none.
    private static IEnumerable<DateOnly> Days(DateTrigger trigger, CustomerDate date, DateTimeOffset now)
    {
        if (!trigger.Yearly)
            return date.Whole is { } whole ? [whole] : [];
        var away = (int)Math.Round(((trigger.Shift.Months * DaysOfMonth) + trigger.Shift.Days) / DaysOfYear);
        var first = Math.Max(now.Year - away - 2, (date.Year ?? 1) + 1);
        var last = now.Year - away + 2;
        // Born in the future: a slip, or a child that is awaited. The first return is the next one then.
        return Enumerable.Range(first, Math.Max(1, last - first + 1)).Where(year => year is > 1 and < 9999).Select(date.In);
    }
}
