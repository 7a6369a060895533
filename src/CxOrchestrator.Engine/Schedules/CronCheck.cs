using Quartz;

namespace CxOrchestrator.Engine.Schedules;

/// <summary>Says whether a cron expression is right, for whoever checks journeys.</summary>
public static class CronCheck
{
    /// <summary>What is wrong with a Quartz cron expression, or null where nothing is.</summary>
    public static string? Fault(string cron)
    {
        try
        {
            var expression = new CronExpression(cron, TimeZoneInfo.Utc);
            // Any moment will do: an expression without a next time after 1970 has none at all.
            return expression.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is null ? "it never comes (a day such as 30 February, or a year that is past)" : null;
        }
        catch (FormatException error)
        {
            return error.Message;
        }
    }
}
