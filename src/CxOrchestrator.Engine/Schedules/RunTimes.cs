using CxOrchestrator.Core;
using Quartz;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>
/// When a schedule runs, also on the days on which clocks change. Times of day that are named (<c>0 30 2 * * ?</c>, <c>0 0 9,17 ? * MON</c>) run once a day:
/// one that the clocks skip runs when the gap ends, one that comes twice the first time. A schedule with a pattern in its seconds, minutes or hours
/// (<c>*</c>, <c>/</c>, <c>-</c>) runs whenever the clock on the wall shows it, also through an hour that comes again.
/// </summary>
internal sealed class RunTimes
{
    // A local time and the instant that it is looked for from may lie on two sides of any change of the clocks.
    private static readonly TimeSpan Margin = TimeSpan.FromHours(26);

    private readonly TimeZoneInfo _zone;
    private readonly CronExpression _wall;
    private readonly bool _named;

    public RunTimes(string cron, TimeZoneInfo zone)
    {
        _zone = zone;
        _named = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3).All(field => field.All(letter => char.IsAsciiDigit(letter) || letter == ','));
        // Asked in the zone itself, and from within an hour that comes twice, the expression gives a named time both of its comings; and of a pattern it leaves
        // out the hour's second coming where the change is not one of daylight saving, as in Morocco. So it counts what the clock on the wall shows.
        _wall = new CronExpression(cron, TimeZoneInfo.Utc);
    }

    /// <summary>The newest run after one time and up to another, or null.</summary>
    public DateTimeOffset? Newest(DateTimeOffset after, DateTimeOffset upTo) => _named ? NewestNamed(after, upTo) : NewestOfPattern(after, upTo);

    /// <summary>The first run after one time and up to another, or null.</summary>
    public DateTimeOffset? First(DateTimeOffset after, DateTimeOffset upTo)
    {
        if (!_named)
            return NextOfPattern(after, upTo);
        var wall = new DateTimeOffset(LocalTime.InZone(after - Margin, _zone), TimeSpan.Zero);
        while (_wall.GetNextValidTimeAfter(wall) is { } next)
        {
            var run = LocalTime.FirstInstantFrom(next.DateTime, _zone);
            if (run > after)
                return run <= upTo ? run : null;
            wall = next;
        }

        return null;
    }

    private DateTimeOffset? NewestNamed(DateTimeOffset after, DateTimeOffset upTo)
    {
        DateTimeOffset? newest = null;
        var wall = new DateTimeOffset(LocalTime.InZone(after - Margin, _zone), TimeSpan.Zero);
        while (_wall.GetNextValidTimeAfter(wall) is { } next)
        {
            var run = LocalTime.FirstInstantFrom(next.DateTime, _zone);
            if (run > upTo)
                break;
            if (run > after)
                newest = run;
            wall = next;
        }

        return newest;
    }

    private DateTimeOffset? NewestOfPattern(DateTimeOffset after, DateTimeOffset upTo)
    {
        DateTimeOffset? newest = null;
        while (NextOfPattern(newest ?? after, upTo) is { } next)
            newest = next;
        return newest;
    }

    // From one change of the clocks to the next the wall's clock passes as time does; at a change it is read anew.
    private DateTimeOffset? NextOfPattern(DateTimeOffset after, DateTimeOffset upTo)
    {
        for (var (from, offset) = (after, _zone.GetUtcOffset(after)); ;)
        {
            if (_wall.GetNextValidTimeAfter(new DateTimeOffset(from.UtcDateTime + offset, TimeSpan.Zero)) is not { } next)
                return null;
            var run = new DateTimeOffset(next.UtcDateTime - offset, TimeSpan.Zero);
            if (Change(from, run < upTo ? run : upTo, offset) is not { } change)
                return run <= upTo ? run : null;
            // What the clock shows at the change itself counts too.
            (from, offset) = (change.AddSeconds(-1), _zone.GetUtcOffset(change));
        }
    }

    // The first second up to a time that has another offset, or null.
    private DateTimeOffset? Change(DateTimeOffset from, DateTimeOffset upTo, TimeSpan offset)
    {
        for (var low = from; low < upTo;)
        {
            var high = low.AddHours(12) < upTo ? low.AddHours(12) : upTo;
            if (_zone.GetUtcOffset(high) == offset)
            {
                low = high;
                continue;
            }

            while (high - low > TimeSpan.FromSeconds(1))
            {
                var middle = low + TimeSpan.FromSeconds(Math.Floor((high - low).TotalSeconds / 2));
                if (_zone.GetUtcOffset(middle) == offset)
                    low = middle;
                else
                    high = middle;
            }

            return high;
        }

        return null;
    }
}
