using CxOrchestrator.Core;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>Finds which run of a schedule is due.</summary>
internal static class CampaignTimes
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>
    /// The newest run after one time and up to another, or null. Of the runs that were missed while no node ran, the newest is made up for, however late,
    /// and the others are not: a customer who was to hear from us daily doesn't want last week's seven messages.
    /// </summary>
    public static DateTimeOffset? NewestRun(ScheduleTrigger trigger, DateTimeOffset seen, DateTimeOffset now)
    {
        var times = new RunTimes(trigger.Cron, Zones.Find(trigger.TimeZone).Zone);
        // The last day first, so that a year's pause of a schedule by the minute isn't walked through.
        return now - seen > Day ? times.Newest(now - Day, now) ?? times.Newest(seen, now) : times.Newest(seen, now);
    }
}
