namespace CxOrchestrator.Core;

/// <summary>Which zone a time of day is meant in.</summary>
public enum ZoneOf
{
    /// <summary>The customer's own.</summary>
    Customer,

    /// <summary>The company's, <c>Business:TimeZone</c>, or that of the calendar that is named.</summary>
    Company,
}

/// <summary>
/// A point in time counted from another: a duration, then, where given, the next time of day (on a business day) in a zone. Written as
/// <c>3d</c>, <c>next business day 09:00 in the customer's zone</c>, <c>4 business hours in support</c>, <c>2 days at 18:30</c>, <c>monday 10:00</c>.
/// </summary>
/// <param name="After">How long first.</param>
/// <param name="At">The time of day to move on to, or null; null with a kind of day is the calendar's opening time.</param>
/// <param name="OnBusinessDay">Whether the day must be a business day; without a duration before it, a later one than today.</param>
/// <param name="Weekday">The day of the week to move on to, or null.</param>
/// <param name="Zone">Whose zone.</param>
public sealed record Timing(Duration After, TimeOnly? At, bool OnBusinessDay, DayOfWeek? Weekday, ZoneOf Zone)
{
    // Longer than any row of days off, so that a calendar without business days doesn't search for ever.
    private const int DaysToSearch = 400;

    /// <summary>The calendar that it is counted in, by name; null for the company's own.</summary>
    public string? Calendar { get; init; }

    /// <summary>Whether a calendar's days or hours have a say in it.</summary>
    public bool CountsBusiness => After.CountsBusiness || OnBusinessDay || (Weekday is not null && At is null);

    /// <summary>Just a duration, in the customer's zone.</summary>
    public static Timing In(Duration after) => new(after with { Calendar = null }, null, false, null, ZoneOf.Customer) { Calendar = after.Calendar };

    /// <summary>The same, counted in a calendar where it names none and the company's would be asked.</summary>
    public Timing CountedIn(string calendar)
    {
        if (Calendar is not null || (!CountsBusiness && Zone == ZoneOf.Customer))
            return this;
        // Where no day and no time of day is asked for, the zone says nothing, and the words are shorter without it.
        var asksForZone = After.Days != 0 || At is not null || OnBusinessDay || Weekday is not null;
        return this with { Calendar = calendar, Zone = asksForZone ? Zone : ZoneOf.Company };
    }

    /// <summary>
    /// The instant that is meant, never before <paramref name="from"/>. A time of day is taken on the day on which the duration ends
    /// (<c>2 days at 18:30</c> is the day after tomorrow, also where it is later than 18:30 now) and moves to a later day where it would lie before
    /// the beginning, or before the end of a duration by the clock (<c>3 hours at 18:30</c>).
    /// </summary>
    /// <param name="from">When it is counted from.</param>
    /// <param name="customerZone">The customer's zone.</param>
    /// <param name="calendar">The company's calendar, or that of the name.</param>
    /// <returns>An instant in UTC.</returns>
    public DateTimeOffset Resolve(DateTimeOffset from, TimeZoneInfo customerZone, BusinessCalendar calendar)
    {
        var zone = Zone == ZoneOf.Customer ? customerZone : calendar.Zone;
        var after = After.Add(from, zone, calendar);
        if (At is null && !OnBusinessDay && Weekday is null)
            return after;

        var earliest = After.Clock > TimeSpan.Zero || After.BusinessTime > TimeSpan.Zero ? after : from;
        var day = DateOnly.FromDateTime(LocalTime.InZone(after, zone));
        if (OnBusinessDay && After == Duration.Zero)
            day = day.AddDays(1);
        for (var tried = 0; ; tried++, day = day.AddDays(1))
        {
            if (!Fits(day, calendar) && tried < DaysToSearch)
                continue;
            var instant = LocalTime.ToInstant(day.ToDateTime(At ?? calendar.OpensOn(day)), zone);
            if (instant >= earliest)
                return instant;
        }
    }

    /// <summary>The words, which <see cref="TimingText.TryParse"/> reads back to the same timing.</summary>
    public override string ToString() => TimingText.Print(this);

    private bool Fits(DateOnly day, BusinessCalendar calendar) =>
        (Weekday is null || day.DayOfWeek == Weekday) && (!OnBusinessDay || calendar.IsOpen(day));
}
