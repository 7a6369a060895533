using CxOrchestrator.Core.Settings;

namespace CxOrchestrator.Core.Content;

/// <summary>What the settings say about content.</summary>
/// <param name="DefaultLanguage">The language for customers whose own a message doesn't have.</param>
/// <param name="Company">The company's name.</param>
/// <param name="EventTypes">Types of events that sources tell.</param>
/// <param name="CheckCron">Says what is wrong with a cron expression, or null where it is right; whoever runs the schedules knows.</param>
public sealed record ContentRules(string DefaultLanguage, string Company, IReadOnlyCollection<string> EventTypes, Func<string, string?> CheckCron)
{
    /// <summary>The address that links of messages begin with; what is tried before publication has links of the real length.</summary>
    public Uri PublicUrl { get; init; } = new("https://example.test/");

    /// <summary>Names of calendars beside the company's own.</summary>
    public IReadOnlyCollection<string> Calendars { get; init; } = [];

    /// <summary>The rules of an installation.</summary>
    public static ContentRules Of(CoreSettings settings, Func<string, string?> checkCron) =>
        new(settings.DefaultLocale, settings.Sending.Company, settings.EventTypes, checkCron) 
        {
            PublicUrl = settings.PublicUrl,
            Calendars = [.. settings.Calendars.Keys],
        };
}
