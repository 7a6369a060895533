using System.Globalization;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Publishing;

/// <summary>What holds for a whole journey, in words by name.</summary>
internal static class RuleWords
{
    public static IReadOnlyDictionary<string, string> Of(Journey journey)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["purpose"] = journey.Purpose.ToString().ToLowerInvariant(),
            ["touchpoint"] = journey.Touchpoint.Length > 0 ? journey.Touchpoint : "nothing",
            ["priority"] = journey.Priority.ToString(CultureInfo.InvariantCulture),
            ["trigger"] = Trigger(journey.Trigger),
            ["reentry"] = Again(journey.Reentry),
        };
        if (journey.Calendar is { } calendar)
            words["calendar"] = calendar;
        if (journey.Exits.Count > 0)
            words["exit"] = string.Join(", ", journey.Exits.Select(Rule));
        if (journey.Goal is { } goal)
            words["goal"] = Rule(goal);
        return words;
    }

    private static string Trigger(Trigger trigger) => TriggerWords.Of(trigger) + trigger switch
    {
        EventTrigger on => $"{When(on.When)}{(on.Within is { } within ? $" within {within}" : "")}",
        ScheduleTrigger at => When(at.When),
        _ => "",
    };

    private static string Again(Reentry rule) => rule switch
    {
        Reentry.Once => "once",
        Reentry.Every every => $"every {every.Pause}",
        Reentry.Always => "always",
        Reentry.Per per => $"per {per.Value}",
        _ => rule.ToString() ?? "",
    };

    private static string Rule(EventRule rule) => $"{rule.On}{When(rule.When)}";

    private static string When(Condition? when) => when is null ? "" : $" when {when}";
}
