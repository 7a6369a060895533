namespace CxOrchestrator.Core;

/// <summary>Hours of the night in which customers are left alone.</summary>
public static class QuietHours
{
    /// <summary>
    /// The first moment from now on that is not quiet: now itself where it isn't. The hours hold from <paramref name="from"/> up to, not with,
    /// <paramref name="to"/> by the customer's clock, over midnight where <paramref name="to"/> is the earlier. No hours, or an empty span, is never quiet.
    /// Where the clocks are put back from within the quiet hours to before them, the night goes on.
    /// </summary>
    /// <param name="now">Now.</param>
    /// <param name="zone">The customer's zone.</param>
    /// <param name="from">Beginning of the quiet hours, or null for none.</param>
    /// <param name="to">Their end.</param>
    public static DateTimeOffset NextAllowed(DateTimeOffset now, TimeZoneInfo zone, TimeOnly? from, TimeOnly? to)
    {
        if (from is not { } begins || to is not { } ends || begins == ends)
            return now;
        var at = now;
        // A change of the clocks can put the end back into the quiet hours (once a change), hence more than one round.
        for (var round = 0; round < 4 && IsQuiet(at, zone, begins, ends); round++)
            at = EndAfter(at, zone, ends);
        return at;
    }

    private static bool IsQuiet(DateTimeOffset at, TimeZoneInfo zone, TimeOnly begins, TimeOnly ends) =>
        TimeOnly.FromDateTime(LocalTime.InZone(at, zone)).IsBetween(begins, ends);

    private static DateTimeOffset EndAfter(DateTimeOffset at, TimeZoneInfo zone, TimeOnly ends)
    {
        var local = LocalTime.InZone(at, zone);
        var end = DateOnly.FromDateTime(local).ToDateTime(ends);
        if (end <= local)
            end = end.AddDays(1);
        var instant = LocalTime.FirstInstantFrom(end, zone);
        if (instant > at)
            return instant;
        // The end comes twice today and now is between the two: take the second.
        return at + (end - local);
    }
}
