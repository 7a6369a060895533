namespace CxOrchestrator.Core;

/// <summary>
/// A length of time in the words that people use: <c>3d</c>, <c>2 hours</c>, <c>1h 30m</c>, <c>2 weeks</c>, <c>1 business day</c>. Days and weeks are
/// calendar days in a zone (the same time of day, whatever the clocks do); business days skip what the calendar leaves out.
/// </summary>
/// <param name="Days">Calendar days.</param>
/// <param name="BusinessDays">Business days.</param>
/// <param name="Clock">The rest, by the clock.</param>
public sealed record Duration(int Days, int BusinessDays, TimeSpan Clock)
{
    /// <summary>Nothing.</summary>
    public static Duration Zero { get; } = new(0, 0, TimeSpan.Zero);

    /// <summary>A number of calendar days.</summary>
    public static Duration OfDays(int days) => new(days, 0, TimeSpan.Zero);

    /// <summary>A span by the clock.</summary>
    public static Duration Of(TimeSpan span) => new(0, 0, span);
}

/// <summary>Which zone a time of day is meant in.</summary>
public enum ZoneOf
{
    /// <summary>The customer's own.</summary>
    Customer,

    /// <summary>The company's: <c>Business:TimeZone</c>.</summary>
    Company,
}

/// <summary>
/// A point in time counted from another: a duration, then, where given, the next time of day (on a business day) in a zone. Written as
/// <c>3d</c>, <c>next business day 09:00 in the customer's zone</c>, <c>2 days at 18:30</c>, <c>monday 10:00</c>.
/// </summary>
/// <param name="After">How long first.</param>
/// <param name="At">The time of day to move on to, or null.</param>
/// <param name="OnBusinessDay">Whether the day must be a business day.</param>
/// <param name="Weekday">The day of the week to move on to, or null.</param>
/// <param name="Zone">Whose zone.</param>
public sealed record Timing(Duration After, TimeOnly? At, bool OnBusinessDay, DayOfWeek? Weekday, ZoneOf Zone)
{
    /// <summary>Just a duration, in the customer's zone.</summary>
    public static Timing In(Duration after) => new(after, null, false, null, ZoneOf.Customer);
}
