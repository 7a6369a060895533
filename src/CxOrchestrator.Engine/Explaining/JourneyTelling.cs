using CxOrchestrator.Core.Explaining;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Explaining;

/// <summary>What the journey asks for: the rules that the rest of the chain is about.</summary>
internal static class JourneyTelling
{
    /// <summary>The section.</summary>
    public static ExplainedSection Of(Chain chain, Journey journey)
    {
        var lines = new List<ExplainedLine>
        {
            Line("version", $"version {journey.Version} is in force; its messages are for {Words.Of(journey.Purpose)}{Rank(chain, journey)}"),
            Line("trigger", Begins(journey.Trigger)),
            Line("re-entry", Again(journey.Reentry)),
        };
        if (chain.State is { } state)
            lines.Add(new ExplainedLine(state.Since, "state", state.Words));
        if (Dates(journey) is { Length: > 0 } dates)
            lines.Add(Line("dates", $"it may be begun{dates}"));
        lines.AddRange(journey.Exits.Select(exit => Line("exit", $"{exit.On}{When(exit.When)} ends it")));
        if (journey.Goal is { } goal)
            lines.Add(Line("goal", $"{goal.On}{When(goal.When)} is its goal"));
        lines.AddRange(chain.Facts.Slots.Select(slot => Line(
            "re-entry", $"the slot \"{slot.Key}\" is taken and free again {(slot.FreeAgain is { } at ? $"on {Words.Moment(at)}" : "never")}")));
        return new ExplainedSection($"The journey {journey.Key}", lines);
    }

    private static string Rank(Chain chain, Journey journey) => chain.Budget.Covers(journey.Purpose)
        ? $", with priority {journey.Priority} within the attention budget of {chain.Budget}"
        : "";

    /// <summary>The days on which it may be begun, for example <c> from 2026-12-01 to 2026-12-24</c>; empty where on all.</summary>
    public static string Dates(Journey journey) =>
        (journey.Starts is { } first ? $" from {first:yyyy-MM-dd}" : "") + (journey.Ends is { } last ? $" to {last:yyyy-MM-dd}" : "");

    private static string Begins(Trigger trigger) => trigger switch
    {
        EventTrigger on => $"{TriggerWords.Of(on)}{When(on.When)} begins it{(on.Within is { } within ? $", where it is not older than {within}" : "")}",
        ScheduleTrigger at => $"the schedule {at.Cron} ({at.TimeZone}) begins it for {(at.Segment is { } segment ? $"the segment {segment}" : "everybody")}{When(at.When)}",
        _ => "what begins it is not known to this version of the product",
    };

    private static string Again(Reentry rule) => rule switch
    {
        Reentry.Once => "a customer begins it once",
        Reentry.Every every => $"a customer begins it again after {every.Pause}",
        Reentry.Always => "a customer begins it with every event or run",
        Reentry.Per per => $"a customer begins it once for each {per.Value}",
        _ => "the re-entry rule is not known to this version of the product",
    };

    private static string When(Condition? when) => when is null ? "" : $" where {when}";

    private static ExplainedLine Line(string about, string text) => new(null, about, text);
}
