namespace CxOrchestrator.Core.Ledger;

/// <summary>
/// When a service is asked what became of a message whose outcome is unknown: after a minute, then ever more rarely, until a day has passed. After that
/// the message waits for a person.
/// </summary>
public static class LookUpTimes
{
    private static readonly TimeSpan[] Ages =
    [
        First, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4), TimeSpan.FromHours(12), TimeSpan.FromDays(1),
    ];

    /// <summary>The first time, after the outcome became unknown.</summary>
    public static TimeSpan First => TimeSpan.FromMinutes(1);

    /// <summary>When to ask again; null where a day has passed.</summary>
    /// <param name="since">Since when the outcome is unknown.</param>
    /// <param name="now">Now.</param>
    public static DateTimeOffset? After(DateTimeOffset since, DateTimeOffset now)
    {
        foreach (var age in Ages)
        {
            if (since + age > now)
                return since + age;
        }

        return null;
    }
}
